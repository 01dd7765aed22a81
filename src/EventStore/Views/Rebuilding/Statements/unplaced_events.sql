-- Committed events that have no position yet.
select e.tenant_id, e.stream_id, e.version
from {schema}.mt_events e
where not exists (select from {schema}.cf_log l where l.seq_id = e.seq_id) and e.type <> 'tombstone'
order by e.seq_id
