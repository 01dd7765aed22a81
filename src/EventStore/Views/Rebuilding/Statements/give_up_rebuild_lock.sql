select pg_advisory_unlock(hashtextextended('caseflow rebuild {schema} ' || @name, 0))
