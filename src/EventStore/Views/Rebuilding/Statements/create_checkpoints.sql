-- Every tenant of the log has a row to be held.
insert into {schema}.cf_checkpoints (name, tenant_id, position)
select @name, tenant_id, 0 from {schema}.cf_log_ends
on conflict (name, tenant_id) do nothing
