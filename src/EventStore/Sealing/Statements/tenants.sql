select tenant_id from {schema}.cf_log_ends
union
select distinct tenant_id from {schema}.mt_streams
