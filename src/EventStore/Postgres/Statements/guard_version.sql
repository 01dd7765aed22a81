with held as materialized (
    select version from {schema}.mt_streams where tenant_id = @tenant and id = @stream and version = @expected for share
)
select coalesce((select version from held), {schema}.cf_refuse_version(@tenant, @stream, @expected)), 0::bigint
