select session_user::text, array_remove(array[
    case when r.rolsuper then 'it is a superuser' end,
    case when r.rolbypassrls then 'it passes row-level security by' end,
    case when r.rolcreaterole then 'it may create roles' end,
    case when r.rolreplication then 'it may replicate the server' end,
    case when not r.rolsuper and pg_has_role(session_user, c.relowner, 'member') then 'it owns the recorded events' end,
    case when not r.rolsuper and not pg_has_role(session_user, c.relowner, 'member')
            and has_table_privilege(session_user, c.oid, 'update, delete, truncate, trigger')
        then 'it may change or delete recorded events' end
], null)
from pg_roles r
left join pg_class c on c.oid = to_regclass('{schema}.mt_events')
where r.rolname = session_user
