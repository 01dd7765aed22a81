update {schema}.mt_streams
set version = version + (@counts)[array_position(@streams, id)], timestamp = now()
where tenant_id = @tenant and id = any (@streams)
