-- The tables as Marten 9.58 declares them: without these columns its own reading of a stream's state fails.
alter table {schema}.mt_streams add column if not exists compacted_version bigint not null default 0;
alter table {schema}.mt_event_progression
    add column if not exists mode varchar default 'none',
    add column if not exists rebuild_threshold integer default 0,
    add column if not exists assigned_node integer default 0,
    add column if not exists heartbeat timestamptz,
    add column if not exists agent_status varchar(20),
    add column if not exists pause_reason text,
    add column if not exists running_on_node integer,
    add column if not exists warning_behind_threshold bigint,
    add column if not exists critical_behind_threshold bigint,
    add column if not exists failure_category varchar(50),
    add column if not exists failure_event_sequence bigint,
    add column if not exists failure_event_type varchar(500),
    add column if not exists failure_event_tenant_id varchar(500);
create table if not exists {schema}.mt_event_projection_floors (
    name         varchar not null,
    tenant_id    varchar not null,
    floor        bigint  not null,
    last_updated timestamptz default transaction_timestamp(),
    constraint pkey_mt_event_projection_floors_name_tenant_id primary key (name, tenant_id)
);
-- Whether somebody else may append who takes no fence: then no missing number is ever given up.
alter table {schema}.cf_log_head add column if not exists shared boolean not null default false;
-- An event that the log would pass over is refused, not lost. This store's own sessions say that they append behind the fence;
-- whoever says nothing is asked here.
create or replace function {schema}.cf_admit_event() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
declare
    fence constant integer := x'43460001'::integer;
    name constant bytea := sha256(convert_to(tg_table_schema::text, 'UTF8'));
    store constant integer := get_byte(name, 0) + get_byte(name, 1) * 256 + get_byte(name, 2) * 65536 + (get_byte(name, 3) & 127) * 16777216;
begin
    if current_setting('caseflow.appends', true) is distinct from 'shared' then
        if exists (
            select from pg_locks
            where locktype = 'advisory' and granted and pid = pg_backend_pid()
                and database = (select oid from pg_database where datname = current_database())
                and classid::bigint = fence and objid::bigint = store and objsubid = 2)
        then
            return new;
        end if;
        -- Before the look: when the declaration has been taken back, the log waits for whoever saw it in force.
        perform pg_advisory_xact_lock_shared(fence, store);
        if not coalesce((select shared from {schema}.cf_log_head), false) then
            raise exception 'events are appended behind the fence, or by Marten to a store that is declared as shared with it'
                using errcode = 'CF411', hint = 'Set Store:SharedWithMarten and start CaseFlow before the other application.';
        end if;
        if current_setting('transaction_isolation') <> 'read committed' then
            raise exception 'a transaction that appends to a shared store is read committed, not %', current_setting('transaction_isolation')
                using errcode = 'CF411';
        end if;
        perform set_config('caseflow.appends', 'shared', true);
    end if;
    if new.type = 'tombstone' then
        return new;
    end if;
    -- Marten writes events first and their stream after, this store the other way round: without a lock they would wait for each other.
    perform 1 from {schema}.mt_streams where tenant_id = new.tenant_id and id = new.stream_id for no key update;
    if new.seq_id <= (select greatest(seen, (select max(seq_id) from {schema}.cf_log)) from {schema}.cf_log_head)
        and not coalesce((
            select new.seq_id <= last_seq from {schema}.cf_log_gaps where first_seq <= new.seq_id order by first_seq desc limit 1), false)
    then
        raise exception 'event number % was given up before the store was declared as shared', new.seq_id
            using errcode = 'CF411', hint = 'Append again: a new number is drawn.';
    end if;
    if new.bdata is not null then
        raise exception 'an event of a shared store is JSON, not binary' using errcode = 'CF411';
    end if;
    -- When it was recorded is told by the database's clock, whatever the session's time zone and the application's clock.
    new.timestamp := now();
    return new;
end $$;
create or replace trigger cf_event_is_admitted before insert on {schema}.mt_events
    for each row when (current_setting('caseflow.appends', true) is distinct from 'fenced')
    execute function {schema}.cf_admit_event();
