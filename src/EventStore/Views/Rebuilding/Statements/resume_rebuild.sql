update {schema}.cf_rebuilds set phase = @phase, folded = position, error = null, error_position = null, error_event_id = null, updated_at = now()
where name = @name
