select nextval('{schema}.mt_events_sequence'), now() from generate_series(1, @count)
