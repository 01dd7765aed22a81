create schema if not exists {schema};
create table if not exists {schema}.cf_migrations (
    version    integer     not null,
    name       varchar     not null,
    applied_at timestamptz not null default now(),
    constraint pk_cf_migrations primary key (version)
);
