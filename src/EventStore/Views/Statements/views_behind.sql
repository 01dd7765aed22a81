-- Which of these views have not come to a position of the tenant, and where they stand.
select n.name, coalesce(c.position, 0)
from unnest(@names) with ordinality as n (name, place)
left join {schema}.cf_checkpoints c on c.name = n.name and c.tenant_id = @tenant
where coalesce(c.position, 0) < @end
order by n.place
