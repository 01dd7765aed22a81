-- A repeated id is one that came through although its first answer was lost.
with recorded as (
    insert into {schema}.cf_access (
        id, at, tenant_id, actor_id, role, agency_id, office_id, purpose, operation, view, outcome, asked_id, subject_ids,
        as_of, as_recorded, position, trace_id, cji)
    select
        id, clock_timestamp(), tenant_id, actor_id, role, agency_id, office_id, purpose, operation, view, outcome, asked_id, subject_ids::uuid[],
        as_of, as_recorded, position, trace_id, cji
    from unnest(
        @ids, @tenants, @actors, @roles, @agencies, @offices, @purposes, @operations, @views, @outcomes, @asked, @subjects,
        @as_ofs, @as_recordeds, @positions, @traces, @cjis) as given (
        id, tenant_id, actor_id, role, agency_id, office_id, purpose, operation, view, outcome, asked_id, subject_ids,
        as_of, as_recorded, position, trace_id, cji)
    on conflict (id) do nothing
    returning id, at, tenant_id, actor_id, subject_ids, cji
)
insert into {schema}.cf_access_subjects (tenant_id, subject_id, at, access_id, actor_id, cji)
select recorded.tenant_id, subject.id, recorded.at, recorded.id, recorded.actor_id, recorded.cji
from recorded, unnest(recorded.subject_ids) as subject (id)
