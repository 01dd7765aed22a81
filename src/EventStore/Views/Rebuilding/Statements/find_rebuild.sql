select version, shape, position, skips from {schema}.cf_rebuilds where name = @name
