select epoch, holder, since, exists (
    select from pg_locks
    where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
        and classid::bigint = @class and objid::bigint = @key and objsubid = 2)
from {schema}.cf_work_lease
