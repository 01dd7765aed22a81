-- A holder is a transaction, not a session: the next one of the same session has another local number. A prepared
-- transaction has no process any more.
select virtualtransaction || ' ' || coalesce(pid, 0), pid is null
from pg_locks
where locktype = 'advisory' and granted and mode = 'ShareLock'
    and database = (select oid from pg_database where datname = current_database())
    and classid::bigint = @class and objid::bigint = @key and objsubid = 2
