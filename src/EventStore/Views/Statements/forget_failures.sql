delete from {schema}.cf_view_failures where view = @name
