-- Roles belong to the whole server: another database's migration may be making them now. The login has to be able to work in
-- them; where membership alone does not say so, the server can be asked.
do $$
declare
    membership constant text := case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end;
    role_name name;
begin
    foreach role_name in array array['caseflow_program', 'caseflow_reader']::name[] loop
        if not exists (select from pg_roles where rolname = role_name) then
            begin
                execute format('create role %I nologin', role_name);
            exception
                when duplicate_object or unique_violation then null;
            end;
        end if;
        if not pg_has_role(role_name, membership) then
            execute format('grant %I to %I', role_name, current_user);
        end if;
    end loop;
end $$
