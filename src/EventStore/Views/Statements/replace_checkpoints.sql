insert into {schema}.cf_checkpoints (name, tenant_id, position)
select @name, r.tenant_id, r.position from unnest(@tenants, @positions) as r (tenant_id, position)
on conflict (name, tenant_id) do update set position = excluded.position, updated_at = now(), applied_at = now()
