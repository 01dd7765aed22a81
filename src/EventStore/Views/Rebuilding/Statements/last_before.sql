-- The tenant's last event before a position.
select coalesce(max(position), 0) from {schema}.cf_log where tenant_id = @tenant and position < @position
