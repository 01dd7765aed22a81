select s.view, s.version, s.position, s.event_id, e.type, s.skipped_by, s.reason, s.skipped_at
from {schema}.cf_view_skips s
left join {schema}.cf_tenant_events e on e.id = s.event_id
where s.tenant_id = @tenant
order by s.skipped_at, s.view
