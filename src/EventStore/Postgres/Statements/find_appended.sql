select id, tenant_id, stream_id, version, seq_id
from {schema}.mt_events
where id = any (@ids)
