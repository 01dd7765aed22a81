-- Events that no position was given to and none will be: their number is below what the sequencer has seen, and no gap holds it
-- open; a position before the first is none.
select e.seq_id, e.id, e.tenant_id
from {schema}.mt_events e
where e.type <> 'tombstone'
    and e.seq_id <= greatest((select max(seq_id) from {schema}.cf_log where position >= 1), (select seen from {schema}.cf_log_head))
    and not exists (select from {schema}.cf_log l where l.seq_id = e.seq_id and l.position >= 1)
    and not exists (select from {schema}.cf_log_gaps g where e.seq_id between g.first_seq and g.last_seq)
order by e.seq_id
limit @page
