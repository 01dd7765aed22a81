select tenant_id from {schema}.cf_log_ends order by tenant_id
