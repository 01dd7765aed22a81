select name, phase, folded, log_end, events_per_second, started_at, updated_at, error, error_position, error_event_id
from {schema}.cf_rebuilds order by name
