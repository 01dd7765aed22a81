-- Who may do what, said anew after every step that was applied: a table that a step has made is mutable for the program and
-- shown to nobody else, unless it is named here.
do $$
declare
    t record;
begin
    grant usage on schema {schema} to caseflow_program, caseflow_reader;
    grant usage on schema {views} to caseflow_reader;
    grant usage, create on schema {views}, {views}_rebuild, {views}_replaced to caseflow_program;
    for t in
        select c.oid::regclass as name, c.relname, exists (
            select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as has_tenant
        from pg_class c where c.relnamespace = '{schema}'::regnamespace and c.relkind = 'r'
    loop
        execute format('revoke all on %s from public, caseflow_program, caseflow_reader', t.name);
        execute case
            when t.relname in (
                'mt_events', 'cf_log', 'cf_access', 'cf_access_subjects', 'cf_ledger_leaves', 'cf_ledger_nodes', 'cf_ledger_checkpoints',
                'cf_ledger_keys')
                then format('grant select, insert on %s to caseflow_program', t.name)
            when t.relname = 'mt_streams'
                then format('grant select, insert, update (version, timestamp), delete on %s to caseflow_program', t.name)
            when t.relname in ('cf_migrations', 'cf_ledger')
                then format('grant select on %s to caseflow_program', t.name)
            when t.relname like 'cf\_%'
                then format('grant select, insert, update, delete on %s to caseflow_program', t.name)
            else format('grant select on %s to caseflow_program', t.name)
        end;
        if t.relname in (
            'mt_streams', 'cf_log', 'cf_log_ends', 'cf_views', 'cf_checkpoints', 'cf_view_failures', 'cf_view_skips', 'cf_access',
            'cf_access_subjects')
        then
            execute format('grant select on %s to caseflow_reader', t.name);
        end if;
        if t.has_tenant and t.relname <> 'mt_events' then
            perform {schema}.cf_wall_off(t.name);
        end if;
    end loop;
    grant select on {schema}.cf_tenant_events to caseflow_reader;
    grant usage on all sequences in schema {schema} to caseflow_program;
    -- The one row of a stream that is ever removed is the one that was claimed to say "there is none" (guard_absence).
    drop policy cf_program on {schema}.mt_streams;
    create policy cf_program on {schema}.mt_streams for select to caseflow_program using (true);
    drop policy if exists cf_program_inserts on {schema}.mt_streams;
    create policy cf_program_inserts on {schema}.mt_streams for insert to caseflow_program with check (true);
    drop policy if exists cf_program_moves on {schema}.mt_streams;
    create policy cf_program_moves on {schema}.mt_streams for update to caseflow_program using (true);
    drop policy if exists cf_program_gives_up on {schema}.mt_streams;
    create policy cf_program_gives_up on {schema}.mt_streams for delete to caseflow_program using (version = 0);
    -- Views are made again from events: their tables are the program's own.
    for t in
        select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('{views}', '{views}_rebuild', '{views}_replaced') and c.relkind = 'r'
            and pg_get_userbyid(c.relowner) <> 'caseflow_program'
    loop
        execute format('alter table %s owner to caseflow_program', t.name);
    end loop;
    perform {schema}.cf_wall_off(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('{views}', '{views}_rebuild') and c.relkind = 'r';
end $$
