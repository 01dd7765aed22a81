-- Who read whose record: one row per request, written before the answer leaves. Subjects are ids, never content.
create table if not exists {schema}.cf_access (
    id          uuid        not null,
    at          timestamptz not null,
    tenant_id   varchar     not null,
    actor_id    varchar     not null,
    role        varchar     not null,
    agency_id   varchar,
    office_id   varchar,
    purpose     varchar     not null,
    operation   varchar     not null,
    view        varchar     not null,
    outcome     varchar     not null,
    asked_id    uuid,
    subject_ids uuid[]      not null,
    as_of       timestamptz,
    as_recorded timestamptz,
    position    bigint,
    trace_id    varchar     not null,
    constraint pk_cf_access primary key (id)
);
create index if not exists cf_access_actor on {schema}.cf_access (tenant_id, actor_id, at, id);
-- One row per subject of a request, in the order in which they are asked for: "who saw this record, latest first" is one
-- range of this key, however often the record was read. An index on the array would have to sort all of them.
create table if not exists {schema}.cf_access_subjects (
    tenant_id  varchar     not null,
    subject_id uuid        not null,
    at         timestamptz not null,
    access_id  uuid        not null,
    actor_id   varchar     not null,
    constraint pk_cf_access_subjects primary key (tenant_id, subject_id, at, access_id) include (actor_id)
);
create or replace function {schema}.cf_keep_accesses() returns trigger language plpgsql as $$
begin
    raise exception 'recorded accesses cannot be changed (%)', lower(tg_op) using errcode = 'CF403';
end $$;
create or replace trigger cf_keep_accesses before update or delete or truncate on {schema}.cf_access
    for each statement execute function {schema}.cf_keep_accesses();
create or replace trigger cf_keep_access_subjects before update or delete or truncate on {schema}.cf_access_subjects
    for each statement execute function {schema}.cf_keep_accesses();
