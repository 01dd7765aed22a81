create table if not exists {schema}.cf_work_lease (
    one    boolean     not null default true,
    epoch  bigint      not null,
    holder varchar,
    since  timestamptz,
    constraint pk_cf_work_lease primary key (one),
    constraint ck_cf_work_lease_one check (one)
);
insert into {schema}.cf_work_lease (epoch) values (0) on conflict (one) do nothing;
-- Shared here, exclusive in taking over: a successor waits for this transaction, or this transaction sees the successor.
-- A node that stands still in the middle of its work makes the successor wait no longer than the idle time set here.
create or replace function {schema}.cf_hold_lease(p_class integer, p_key integer, p_epoch bigint)
    returns void language plpgsql volatile as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'the lease is held in read committed transactions only: others would not see a successor';
    end if;
    perform pg_advisory_xact_lock_shared(p_class, p_key);
    if not exists (select from {schema}.cf_work_lease where epoch = p_epoch) then
        raise exception 'another node holds the lease of the background work' using errcode = 'CF423';
    end if;
    perform set_config('idle_in_transaction_session_timeout', '4s', true);
end $$;
