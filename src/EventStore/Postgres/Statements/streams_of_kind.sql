select id from {schema}.mt_streams where tenant_id = @tenant and type = @type and version > 0 order by id
