-- A successor waits for this transaction's end, so the server is to notice in the midst of a statement, too, that the client
-- is gone; only where it can tell: PostgreSQL 14 or later, on Linux.
select {schema}.cf_hold_lease(@class, @key, @epoch), case
    when current_setting('client_connection_check_interval', true) is not null and version() like '%linux%'
    then set_config('client_connection_check_interval', '1s', true) end
