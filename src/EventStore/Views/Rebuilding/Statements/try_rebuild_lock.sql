select pg_try_advisory_lock(hashtextextended('caseflow rebuild {schema} ' || @name, 0))
