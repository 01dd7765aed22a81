-- One node at a time creates tables.
select pg_advisory_xact_lock(hashtextextended('caseflow views', 0))
