select array(select nextval('{schema}.mt_events_sequence') from generate_series(1, @count)), now()
