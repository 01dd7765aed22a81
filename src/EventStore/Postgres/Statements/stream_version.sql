select version from {schema}.mt_streams where tenant_id = @tenant and id = @stream
