-- Openings in an emergency and requests of clients are listed by an inline view. A database that holds some from before there was the list says so by
-- this table: whoever prepares it fills the list from the log, and drops the table last.
do $$
begin
    if exists (select from {schema}.mt_streams where type in ('emergency_access', 'record_rights') and version > 0) then
        create table {views}.client_matters_unlisted (tenant_id text collate "C" not null);
    end if;
end $$
