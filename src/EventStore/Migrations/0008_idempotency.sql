create table if not exists {schema}.cf_idempotency (
    tenant_id    varchar     not null,
    actor        varchar     not null,
    key          varchar     not null,
    request_hash bytea       not null,
    status       integer     not null,
    body         text        not null,
    created_at   timestamptz not null default now(),
    constraint pk_cf_idempotency primary key (tenant_id, actor, key)
);
