select tenant_id, position from {schema}.cf_view_skips where view = @name and version = @version order by position
