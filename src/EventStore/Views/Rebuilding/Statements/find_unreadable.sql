select l.tenant_id, l.position, e.id
from {schema}.mt_events e join {schema}.cf_log l on l.seq_id = e.seq_id
where e.tenant_id = @tenant and e.stream_id = @stream and e.version = @version
