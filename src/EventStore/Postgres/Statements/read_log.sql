select e.version, e.id, e.seq_id, l.position, e.timestamp, e.type, e.data, e.headers,
    e.user_name, e.correlation_id, e.causation_id, s.type, e.tenant_id, e.stream_id
from {schema}.cf_log l
join {schema}.mt_events e on e.seq_id = l.seq_id
join {schema}.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
where l.position > @after and l.position <= @up_to
order by l.position
limit @page
