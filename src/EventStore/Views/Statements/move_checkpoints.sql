with moved as (
    update {schema}.cf_checkpoints set position = @to, updated_at = now(), applied_at = case when @applied then now() else applied_at end
    where name = any(@names) and tenant_id = @tenant and position = @from
    returning name
), mended as (
    delete from {schema}.cf_view_failures where view = any(@names) and tenant_id = @tenant and position <= @to
)
select count(*) from moved
