-- Which key signs the history: for each key after the first, the statement by which the one before names it. The file outside the
-- database has the same.
create table if not exists {schema}.cf_ledger_keys (
    number   integer     not null,
    note     text        not null,
    added_at timestamptz not null default clock_timestamp(),
    constraint pk_cf_ledger_keys primary key (number),
    constraint ck_cf_ledger_keys_number check (number > 1)
);
create or replace trigger cf_keep_ledger before update or delete or truncate on {schema}.cf_ledger_keys
    for each statement execute function {schema}.cf_keep_ledger();
