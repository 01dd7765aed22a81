-- Committed events that have no position yet: above the log's highest number, or in a gap that it remembers.
with missing as (
    select first_seq, last_seq from {schema}.cf_log_gaps
    union all
    select coalesce(max(seq_id), 0) + 1, 9223372036854775807 from {schema}.cf_log
)
select e.tenant_id, e.stream_id, e.version
from missing m
join {schema}.mt_events e on e.seq_id between m.first_seq and m.last_seq and e.type <> 'tombstone'
order by e.seq_id
