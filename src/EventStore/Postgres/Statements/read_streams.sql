select e.tenant_id, e.stream_id, s.type, e.version, e.id, e.seq_id, l.position, e.timestamp, e.type, e.data, e.headers,
    e.user_name, e.correlation_id, e.causation_id
from {schema}.mt_events e
join {schema}.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
left join {schema}.cf_log l on l.seq_id = e.seq_id
where e.tenant_id = @tenant and e.stream_id = any(@streams) and e.type <> 'tombstone'
order by e.stream_id, e.version
