select (select l.position from {schema}.cf_log l where l.seq_id = e.seq_id), e.tenant_id
from {schema}.mt_events e
where e.id = @event_id
