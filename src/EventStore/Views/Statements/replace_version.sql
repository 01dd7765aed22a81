update {schema}.cf_views set version = @version, updated_at = now() where name = @name
