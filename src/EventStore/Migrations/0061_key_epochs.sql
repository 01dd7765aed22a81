-- Keys are wrapped under an epoch of the key ring. Once the database has come to an epoch, none is stored under an earlier one: a
-- node that has not heard of a rotation is refused, looks at the ring again and wraps anew. Whoever stores a key shares a lock with
-- all others who do; whoever raises the epoch holds it alone. So when the epoch is raised, no earlier key is still on its way.
alter table {schema}.cf_key_state add column if not exists ring_oldest_epoch integer not null default 1;
create or replace function {schema}.cf_refuse_old_epoch() returns trigger language plpgsql as $$
declare
    reached integer;
begin
    if new.wrapping_key_id like 'ring:%' then
        perform pg_advisory_xact_lock_shared(x'43460006'::integer, '{schema}.cf_key_state'::regclass::oid::integer);
        select ring_epoch into reached from {schema}.cf_key_state;
        if split_part(new.wrapping_key_id, '/', 2)::integer < reached then
            raise exception using errcode = 'CF410', message = format('The key ring has come to epoch %s.', reached);
        end if;
    end if;
    return new;
end $$;
create or replace function {schema}.cf_raise_epoch() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(x'43460006'::integer, '{schema}.cf_key_state'::regclass::oid::integer);
    return new;
end $$;
create or replace trigger cf_refuse_old_epoch before insert or update of wrapping_key_id on {schema}.cf_data_keys
    for each row execute function {schema}.cf_refuse_old_epoch();
create or replace trigger cf_refuse_old_epoch before insert or update of wrapping_key_id on {schema}.cf_mark_keys
    for each row execute function {schema}.cf_refuse_old_epoch();
create or replace trigger cf_raise_epoch before update of ring_epoch on {schema}.cf_key_state
    for each row when (new.ring_epoch > old.ring_epoch) execute function {schema}.cf_raise_epoch();
