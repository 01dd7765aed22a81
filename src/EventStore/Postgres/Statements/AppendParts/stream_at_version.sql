update {schema}.mt_streams
    set version = @expected + @count, timestamp = now()
    from fence
    where tenant_id = @tenant and id = @stream and version = @expected
    returning version
