-- The running program may not create in this schema: what it made at its start is made here.
create table if not exists {schema}.cf_timers (
    process    text        not null,
    tenant_id  text        not null,
    key        text        not null,
    due_at     timestamptz not null,
    payload    jsonb       not null,
    attempts   int         not null default 0,
    retry_at   timestamptz,
    last_error text,
    primary key (process, tenant_id, key)
);
create index if not exists cf_timers_due on {schema}.cf_timers (process, due_at, tenant_id, key);
create schema if not exists {views}_rebuild;
create schema if not exists {views}_replaced;
-- Shows the questions' role a table's rows of the tenant that its transaction has set: none while none is set. The program
-- works for all tenants. A table that does not say whose its rows are is not shown to questions at all. Safe to repeat.
create or replace function {schema}.cf_wall_off(p_table regclass) returns void language plpgsql as $$
begin
    if not exists (select from pg_attribute where attrelid = p_table and attname = 'tenant_id' and not attisdropped) then
        return;
    end if;
    if not exists (select from pg_policy where polrelid = p_table and polname = 'cf_tenant') then
        execute format('create policy cf_tenant on %s for select to caseflow_reader
            using (tenant_id = current_setting(''caseflow.tenant'', true))', p_table);
        execute format('create policy cf_program on %s to caseflow_program using (true) with check (true)', p_table);
        execute format('alter table %s enable row level security', p_table);
    end if;
    if pg_get_userbyid((select relowner from pg_class where oid = p_table)) = 'caseflow_program'
        and not has_table_privilege('caseflow_reader', p_table, 'select') then
        execute format('grant select on %s to caseflow_reader', p_table);
    end if;
end $$;
-- Numbers of the log that count the whole store: whether it has come to a position, and where an event number was placed.
create or replace function {schema}.cf_log_reached(p_position bigint) returns boolean
    language sql stable security definer set search_path = pg_catalog as $$
    select exists (select from {schema}.cf_log where position >= p_position)
$$;
create or replace function {schema}.cf_position_of(p_sequence bigint) returns bigint
    language sql stable security definer set search_path = pg_catalog as $$
    select position from {schema}.cf_log where seq_id = p_sequence
$$;
-- Events are loaded by COPY, which PostgreSQL does not do where rows are guarded by policies. So nobody but the program may
-- read the table, and questions read this.
create or replace view {schema}.cf_tenant_events with (security_barrier) as
    select * from {schema}.mt_events where tenant_id = current_setting('caseflow.tenant', true);
