update {schema}.cf_view_failures set next_try_at = clock_timestamp() where view = @view and tenant_id = @tenant
