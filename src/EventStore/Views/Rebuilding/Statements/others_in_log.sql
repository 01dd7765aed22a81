-- Whether the log has tenants besides these.
select exists (select from {schema}.cf_log_ends where tenant_id <> all(@tenants))
