delete from {schema}.cf_rebuilds where name = @name
