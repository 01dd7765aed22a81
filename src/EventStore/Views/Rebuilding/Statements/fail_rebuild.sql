update {schema}.cf_rebuilds set error = @error, error_position = @position, error_event_id = @event, updated_at = now() where name = @name
