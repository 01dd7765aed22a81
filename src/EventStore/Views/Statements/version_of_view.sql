select version from {schema}.cf_views where name = @name
