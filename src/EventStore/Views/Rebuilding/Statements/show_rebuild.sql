update {schema}.cf_rebuilds
set phase = @phase, folded = @folded, log_end = @log_end, events_per_second = @events_per_second, updated_at = now()
where name = @name
