select s.position
from {schema}.cf_view_skips s
where s.view = @name and s.version = @version and s.tenant_id = @tenant
    and s.position > (select position from {schema}.cf_checkpoints where name = @name and tenant_id = @tenant)
order by s.position
limit 1
