select id, version from {schema}.mt_streams where tenant_id = @tenant and id = any (@streams) order by id for no key update
