-- One in delivery is being tried as it is; an append does not wait for the world outside.
update {schema}.cf_outbox set attempts = 0, next_try_at = clock_timestamp(), set_aside_at = null
where id = (
    select id from {schema}.cf_outbox
    where id = @id and tenant_id = @tenant and delivered_at is null
    for update skip locked)
