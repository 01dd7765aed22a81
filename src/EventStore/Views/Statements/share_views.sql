-- A rebuild that takes a view's place holds this alone; a queued lock, so that it gets its turn between the pages.
select n.name, pg_try_advisory_xact_lock_shared(hashtextextended('caseflow view {schema} ' || n.name, 0)) from unnest(@names) as n (name)
