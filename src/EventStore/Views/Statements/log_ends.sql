select tenant_id, position from {schema}.cf_log_ends order by tenant_id
