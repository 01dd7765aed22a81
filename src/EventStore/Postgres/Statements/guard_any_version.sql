with held as materialized (
    select version from {schema}.mt_streams where tenant_id = @tenant and id = @stream for share
)
select coalesce((select version from held), 0::bigint), 0::bigint
