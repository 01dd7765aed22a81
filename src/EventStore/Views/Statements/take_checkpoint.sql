-- No row: another runner is at work on it. Whoever moves the row leaves the time of the own transaction in it.
select c.position, v.version, c.updated_at, now()
from {schema}.cf_checkpoints c
join {schema}.cf_views v on v.name = c.name
where c.name = @name and c.tenant_id = @tenant
for update of c skip locked
