select set_config('lock_timeout', '0', true), pg_advisory_xact_lock(@class, @key)
