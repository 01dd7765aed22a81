-- What has something to do and may be tried now, the longest neglected first, so that no tenant waits for another's backlog.
select v.name, e.tenant_id, coalesce(c.position, 0), f.view is not null
from unnest(@names, @versions) as v (name, version)
join {schema}.cf_views s on s.name = v.name and s.version = v.version
cross join {schema}.cf_log_ends e
left join {schema}.cf_checkpoints c on c.name = v.name and c.tenant_id = e.tenant_id
left join {schema}.cf_view_failures f on f.view = v.name and f.tenant_id = e.tenant_id
where e.position > coalesce(c.position, 0) and (f.next_try_at is null or f.next_try_at <= clock_timestamp())
order by c.updated_at nulls first, e.tenant_id, v.name
limit @most
