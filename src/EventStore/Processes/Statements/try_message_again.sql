update {schema}.cf_outbox set attempts = 0, next_try_at = clock_timestamp(), set_aside_at = null
where id = @id and delivered_at is null
