-- Tables of views that are younger than the walls, too.
select {schema}.cf_wall_off(c.oid)
from pg_class c
where c.relnamespace = '{views}'::regnamespace and c.relkind = 'r' and pg_has_role(c.relowner, 'usage')
