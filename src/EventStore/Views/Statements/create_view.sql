insert into {schema}.cf_views (name, version) values (@name, @version) on conflict (name) do nothing
