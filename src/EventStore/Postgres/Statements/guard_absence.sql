-- Nothing can be locked that does not exist: the row is claimed here and given up in the same transaction.
with claimed as (
    insert into {schema}.mt_streams (tenant_id, id, version) values (@tenant, @stream, 0)
    on conflict (tenant_id, id) do nothing
    returning version
)
select coalesce((select version from claimed), {schema}.cf_refuse_version(@tenant, @stream, 0)), 0::bigint
