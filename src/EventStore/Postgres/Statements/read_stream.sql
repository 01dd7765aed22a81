select e.version, e.id, e.seq_id, l.position, e.timestamp, e.type, e.data, e.headers,
    e.user_name, e.correlation_id, e.causation_id, (select type from {schema}.mt_streams where tenant_id = @tenant and id = @stream)
from {schema}.mt_events e
left join {schema}.cf_log l on l.seq_id = e.seq_id
where e.tenant_id = @tenant and e.stream_id = @stream and e.version >= @from_version and e.type <> 'tombstone'
order by e.version
