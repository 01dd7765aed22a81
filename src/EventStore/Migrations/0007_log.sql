create table if not exists {schema}.cf_log (
    position   bigint      not null,
    seq_id     bigint      not null,
    tenant_id  varchar     not null,
    stamped_at timestamptz not null,
    constraint pk_cf_log primary key (position),
    constraint uq_cf_log_seq_id unique (seq_id)
);
create index if not exists idx_cf_log_tenant on {schema}.cf_log (tenant_id, position);
create index if not exists idx_cf_log_stamped_at on {schema}.cf_log (stamped_at, position);
