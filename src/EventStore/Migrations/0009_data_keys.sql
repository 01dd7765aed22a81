create table if not exists {schema}.cf_data_keys (
    tenant_id       varchar     not null,
    subject_id      uuid        not null,
    wrapped_key     bytea       not null,
    wrapping_key_id varchar     not null,
    created_at      timestamptz not null default now(),
    constraint pk_cf_data_keys primary key (tenant_id, subject_id)
);
