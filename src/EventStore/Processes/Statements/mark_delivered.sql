update {schema}.cf_outbox set delivered_at = clock_timestamp(), attempts = attempts + 1, last_error = null where id = @id
