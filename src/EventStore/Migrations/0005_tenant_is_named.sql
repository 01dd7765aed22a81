-- A trigger, not a constraint: the tables stay as Marten declares them.
create or replace function {schema}.cf_refuse_nameless_tenant() returns trigger language plpgsql as $$
begin
    raise exception 'an event belongs to a tenant' using errcode = 'CF400';
end $$;
create or replace trigger cf_tenant_is_named before insert on {schema}.mt_events
    for each row when (new.tenant_id is null or new.tenant_id = '')
    execute function {schema}.cf_refuse_nameless_tenant();
