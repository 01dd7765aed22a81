insert into {schema}.cf_idempotency (tenant_id, actor, key, request_hash, status, body)
values (@tenant, @actor, @key, @request_hash, @status, @body)
