-- Its own commit waits for the synchronous replicas, which receive everything committed before it first.
select pg_logical_emit_message(true, 'caseflow', '')
