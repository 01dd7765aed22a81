select r.name, r.phase, r.folded, r.log_end, r.events_per_second, r.started_at, r.updated_at, r.error, r.error_position, r.error_event_id,
    e.tenant_id
from {schema}.cf_rebuilds r
left join {schema}.mt_events e on e.id = r.error_event_id
order by r.name
