with moved as (
    update {schema}.cf_checkpoints set position = @to, updated_at = now()
    where name = @name and tenant_id = @tenant and position = @from
    returning position
), mended as (
    delete from {schema}.cf_view_failures where view = @name and tenant_id = @tenant and position <= @to
)
select count(*) from moved
