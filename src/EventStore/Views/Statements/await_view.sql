select pg_advisory_xact_lock(hashtextextended('caseflow view {schema} ' || @name, 0))
