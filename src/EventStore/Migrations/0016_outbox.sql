-- Messages for the world outside; the number is their order, the id what a receiver knows a repetition by.
create table if not exists {schema}.cf_outbox (
    id           uuid        not null,
    number       bigint      not null generated always as identity,
    tenant_id    varchar     not null,
    topic        varchar     not null,
    key          varchar     not null,
    payload      jsonb       not null,
    created_at   timestamptz not null default now(),
    attempts     integer     not null default 0,
    next_try_at  timestamptz not null default now(),
    delivered_at timestamptz,
    set_aside_at timestamptz,
    last_error   text,
    constraint pk_cf_outbox primary key (id)
);
create index if not exists idx_cf_outbox_waiting on {schema}.cf_outbox (tenant_id, topic, key, number)
    where delivered_at is null and set_aside_at is null;
