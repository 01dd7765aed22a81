-- Why a view stands still for a tenant; any node shows it, and a restart keeps the pause before the next try.
create table if not exists {schema}.cf_view_failures (
    view            varchar     not null,
    tenant_id       varchar     not null,
    version         integer     not null,
    position        bigint      not null,
    event_id        uuid,
    event_type      varchar,
    error_type      varchar     not null,
    error           varchar     not null,
    attempts        integer     not null,
    first_failed_at timestamptz not null,
    last_failed_at  timestamptz not null,
    next_try_at     timestamptz not null,
    constraint pk_cf_view_failures primary key (view, tenant_id)
);
