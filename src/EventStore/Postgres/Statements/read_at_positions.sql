select e.version, e.id, e.seq_id, l.position, e.timestamp, e.type, e.data, e.headers,
    e.user_name, e.correlation_id, e.causation_id, null, e.tenant_id, e.stream_id
from unnest(@positions) as wanted(position)
join {schema}.cf_log l on l.position = wanted.position
join {schema}.mt_events e on e.seq_id = l.seq_id
order by l.position
