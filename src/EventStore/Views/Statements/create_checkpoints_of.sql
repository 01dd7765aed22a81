-- In one order, because a row that another transaction is about to insert is waited for.
insert into {schema}.cf_checkpoints (name, tenant_id, position) select n.name, @tenant, 0 from unnest(@names) as n (name) order by n.name
on conflict (name, tenant_id) do nothing
