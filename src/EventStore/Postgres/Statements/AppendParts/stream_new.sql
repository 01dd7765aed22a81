insert into {schema}.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
    select @tenant, @stream, @stream_type, @count, now(), now(), false from fence
    on conflict (tenant_id, id) do nothing
    returning version
