-- A repeated id is one that came through although its first answer was lost.
with recorded as (
    insert into {schema}.cf_access (
        id, at, tenant_id, actor_id, role, agency_id, office_id, purpose, operation, view, outcome, asked_id, subject_ids,
        as_of, as_recorded, position, trace_id)
    select
        id, clock_timestamp(), tenant_id, actor_id, role, agency_id, office_id, purpose, operation, view, outcome, asked_id, subject_ids::uuid[],
        as_of, as_recorded, position, trace_id
    from unnest(
        @ids, @tenants, @actors, @roles, @agencies, @offices, @purposes, @operations, @views, @outcomes, @asked, @subjects,
        @as_ofs, @as_recordeds, @positions, @traces) as given (
        id, tenant_id, actor_id, role, agency_id, office_id, purpose, operation, view, outcome, asked_id, subject_ids,
        as_of, as_recorded, position, trace_id)
    on conflict (id) do nothing
    returning id, at, tenant_id, actor_id, subject_ids
)
insert into {schema}.cf_access_subjects (tenant_id, subject_id, at, access_id, actor_id)
select recorded.tenant_id, subject.id, recorded.at, recorded.id, recorded.actor_id
from recorded, unnest(recorded.subject_ids) as subject (id)
