-- Whoever decides to skip an event shares the row: from here on nobody does until the transaction ends.
select 1 from {schema}.cf_checkpoints where name = @name order by tenant_id for update
