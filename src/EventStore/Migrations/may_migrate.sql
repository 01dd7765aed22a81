-- Who owns the schema may change it; where there is none yet, who may make one.
select current_user::text, coalesce(
    (select pg_has_role(c.relowner, 'usage') from pg_class c where c.oid = to_regclass('{schema}.cf_migrations')),
    has_database_privilege(current_database(), 'create'))
