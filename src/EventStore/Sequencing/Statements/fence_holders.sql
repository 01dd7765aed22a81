select coalesce(virtualtransaction, '') || ' ' || coalesce(pid, 0)
from pg_locks
where locktype = 'advisory' and granted and mode = 'ShareLock'
    and database = (select oid from pg_database where datname = current_database())
    and classid::bigint = @class and objid::bigint = @key and objsubid = 2
