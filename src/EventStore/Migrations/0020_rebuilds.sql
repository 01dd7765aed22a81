-- A rebuild under way or interrupted: what its tables aside hold for good, and how it is getting on.
create table if not exists {schema}.cf_rebuilds (
    name              varchar     not null,
    version           integer     not null,
    shape             varchar     not null,
    position          bigint      not null,
    skips             bigint[]    not null,
    phase             varchar     not null,
    folded            bigint      not null,
    log_end           bigint      not null,
    events_per_second float8      not null,
    started_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    error             varchar,
    error_position    bigint,
    error_event_id    uuid,
    constraint pk_cf_rebuilds primary key (name)
);
