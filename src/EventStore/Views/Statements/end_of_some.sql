-- Where the next so many events of a tenant end.
select max(position) from (
    select position from {schema}.cf_log
    where tenant_id = @tenant and position > @after and position <= @up_to order by position limit @size) as next
