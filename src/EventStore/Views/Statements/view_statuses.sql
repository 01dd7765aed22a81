select v.name, coalesce(c.position, 0), s.version,
    (select count(*) from (
        select from {schema}.cf_log l where l.tenant_id = @tenant and l.position > coalesce(c.position, 0) limit 100000) as behind),
    f.version, f.position, f.event_id, f.event_type, f.error_type, f.error, f.attempts, f.first_failed_at, f.last_failed_at, f.next_try_at
from unnest(@names) with ordinality as v (name, n)
left join {schema}.cf_views s on s.name = v.name
left join {schema}.cf_checkpoints c on c.name = v.name and c.tenant_id = @tenant
left join {schema}.cf_view_failures f on f.view = v.name and f.tenant_id = @tenant
order by v.n
