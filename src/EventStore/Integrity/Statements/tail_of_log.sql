-- What has a position and no leaf yet; and whether positions are missing there, or events.
select count(*), coalesce(max(l.position), @size), count(*) filter (where e.seq_id is null),
    coalesce(min(l.position) filter (where e.seq_id is null), 0)
from {schema}.cf_log l
left join {schema}.mt_events e on e.seq_id = l.seq_id
where l.position > @size
