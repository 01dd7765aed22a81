-- Archiving a stream is the one change that a recorded fact may see; everything else is refused, byte for byte.
create or replace function {schema}.cf_keep_facts() returns trigger language plpgsql as $$
declare
    unarchived {schema}.mt_events%rowtype;
begin
    if tg_op = 'UPDATE' then
        unarchived := new;
        unarchived.is_archived := old.is_archived;
        if unarchived *= old then
            return new;
        end if;
    end if;
    raise exception 'recorded events cannot be changed (%)', lower(tg_op) using errcode = 'CF403';
end $$;
create or replace trigger cf_keep_facts before update or delete on {schema}.mt_events
    for each row execute function {schema}.cf_keep_facts();
create or replace trigger cf_keep_all_facts before truncate on {schema}.mt_events
    for each statement execute function {schema}.cf_keep_facts();
