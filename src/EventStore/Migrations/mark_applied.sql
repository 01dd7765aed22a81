insert into {schema}.cf_migrations (version, name) values (@version, @name)
