create table if not exists {schema}.cf_checkpoints (
    name       varchar     not null,
    version    integer     not null,
    position   bigint      not null,
    updated_at timestamptz not null default now(),
    constraint pk_cf_checkpoints primary key (name)
);
create schema if not exists {views};
