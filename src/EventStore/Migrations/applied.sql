select version from {schema}.cf_migrations
