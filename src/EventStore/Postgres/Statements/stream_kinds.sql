-- A lateral with "offset 0" keeps the look-ups: a plan made while the table was empty stays good.
select s.tenant_id, s.id, s.type
from unnest(@tenants, @streams) as wanted (tenant_id, id)
cross join lateral (
    select tenant_id, id, type from {schema}.mt_streams where tenant_id = wanted.tenant_id and id = wanted.id offset 0) s
