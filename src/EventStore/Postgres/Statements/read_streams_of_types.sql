-- Laterals with "offset 0" keep the order of the look-ups: a plan made while the tables were empty stays good.
select e.version, e.id, e.seq_id, l.position, e.timestamp, e.type, e.data, e.headers,
    e.user_name, e.correlation_id, e.causation_id, s.type, e.tenant_id, e.stream_id
from unnest(@streams) as wanted(id)
cross join lateral (
    select id, type from {schema}.mt_streams where tenant_id = @tenant and id = wanted.id offset 0) s
cross join lateral (
    select * from {schema}.mt_events where tenant_id = @tenant and stream_id = wanted.id and type = any(@types) offset 0) e
left join lateral (
    select position from {schema}.cf_log where seq_id = e.seq_id offset 0) l on true
order by e.stream_id, e.version
