-- No row: another runner is at work on it. Whoever applies a page leaves the time of the own transaction in it.
select c.name, c.position, v.version, c.applied_at, now()
from {schema}.cf_checkpoints c
join {schema}.cf_views v on v.name = c.name
where c.name = any(@names) and c.tenant_id = @tenant
for update of c skip locked
