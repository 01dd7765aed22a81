select tenant_id, position from {schema}.cf_checkpoints where name = @name
