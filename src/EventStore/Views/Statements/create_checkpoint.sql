insert into {schema}.cf_checkpoints (name, tenant_id, position) values (@name, @tenant, 0) on conflict (name, tenant_id) do nothing
