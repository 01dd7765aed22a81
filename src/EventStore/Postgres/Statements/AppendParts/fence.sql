select pg_advisory_xact_lock_shared(@class, @lock_key), set_config('lock_timeout', @patience, true)
