insert into {schema}.cf_rebuilds (name, version, shape, position, skips, phase, folded, log_end, events_per_second)
values (@name, @version, @shape, 0, '{}', @phase, 0, 0, 0)
on conflict (name) do update set version = excluded.version, shape = excluded.shape, position = 0, skips = '{}', phase = excluded.phase,
    folded = 0, log_end = 0, events_per_second = 0, started_at = now(), updated_at = now(), error = null, error_position = null,
    error_event_id = null
