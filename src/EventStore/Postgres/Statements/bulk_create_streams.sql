insert into {schema}.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
select @tenant, w.id, w.type, w.count, now(), now(), false
from unnest(@streams, @types, @counts) as w (id, type, count)
order by w.id
on conflict (tenant_id, id) do nothing
returning id
