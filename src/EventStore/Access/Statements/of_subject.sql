select
    a.id, a.at, a.tenant_id, a.actor_id, a.role, a.agency_id, a.office_id, a.purpose, a.operation, a.view, a.outcome, a.asked_id,
    a.subject_ids, a.as_of, a.as_recorded, a.position, a.trace_id, a.cji
from {schema}.cf_access_subjects s
join {schema}.cf_access a on a.id = s.access_id
where s.tenant_id = @tenant
  and s.subject_id = @subject
  and s.at >= coalesce(@from, '-infinity')
  and s.at < coalesce(@to, 'infinity')
  and (s.at, s.access_id) < (coalesce(@before_at, 'infinity'), @before_id)
  and (@actor is null or s.actor_id = @actor)
  and (@view is null or (a.view = @view and a.outcome in ('shown', 'restricted')))
  and (@asked is null or a.asked_id = @asked)
order by s.at desc, s.access_id desc
limit @limit
