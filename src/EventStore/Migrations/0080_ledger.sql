-- What proves that history is as it was recorded: a hash of every event in log order, the tree over them, and signed statements of
-- what the tree was. The program adds to them; nobody changes them.
create table if not exists {schema}.cf_ledger (
    one        boolean     not null default true,
    origin     varchar     not null,
    created_at timestamptz not null default now(),
    constraint pk_cf_ledger primary key (one),
    constraint ck_cf_ledger_one check (one)
);
insert into {schema}.cf_ledger (origin) values ('caseflow/' || gen_random_uuid()) on conflict (one) do nothing;
create table if not exists {schema}.cf_ledger_leaves (
    position bigint not null,
    seq_id   bigint not null,
    event_id uuid   not null,
    hash     bytea  not null,
    constraint pk_cf_ledger_leaves primary key (position),
    constraint ck_cf_ledger_leaves_hash check (octet_length(hash) = 32)
);
-- Every fourth level of the tree, whole subtrees only: what is between takes at most eight rows of the level below.
create table if not exists {schema}.cf_ledger_nodes (
    level  smallint not null,
    number bigint   not null,
    hash   bytea    not null,
    constraint pk_cf_ledger_nodes primary key (level, number),
    constraint ck_cf_ledger_nodes_hash check (octet_length(hash) = 32)
);
create table if not exists {schema}.cf_ledger_checkpoints (
    size      bigint      not null,
    note      text        not null,
    signed_at timestamptz not null default clock_timestamp(),
    constraint pk_cf_ledger_checkpoints primary key (size)
);
create or replace function {schema}.cf_keep_ledger() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger of history cannot be changed (%)', lower(tg_op) using errcode = 'CF403';
end $$;
create or replace trigger cf_keep_ledger before update or delete or truncate on {schema}.cf_ledger
    for each statement execute function {schema}.cf_keep_ledger();
create or replace trigger cf_keep_ledger before update or delete or truncate on {schema}.cf_ledger_leaves
    for each statement execute function {schema}.cf_keep_ledger();
create or replace trigger cf_keep_ledger before update or delete or truncate on {schema}.cf_ledger_nodes
    for each statement execute function {schema}.cf_keep_ledger();
create or replace trigger cf_keep_ledger before update or delete or truncate on {schema}.cf_ledger_checkpoints
    for each statement execute function {schema}.cf_keep_ledger();
