-- The keys of marks (blind index, request hashes), wrapped: they stay the same when the wrapping key changes.
create table if not exists {schema}.cf_mark_keys (
    purpose         varchar     not null,
    wrapped_key     bytea       not null,
    wrapping_key_id varchar     not null,
    created_at      timestamptz not null default now(),
    constraint pk_cf_mark_keys primary key (purpose)
);
