delete from {schema}.mt_streams where tenant_id = @tenant and id = @stream and version = 0
