update {schema}.cf_outbox
set attempts = attempts + 1, last_error = @error, next_try_at = clock_timestamp() + @wait,
    set_aside_at = case when @give_up then clock_timestamp() end
where id = @id and delivered_at is null
