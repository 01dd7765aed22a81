-- One snapshot, taken after the stamp lock was granted: everything visible and not yet placed gets its position, and every
-- number missing below is remembered. A stream keeps its versions' order even where its numbers were not drawn in it.
with last as materialized (
    select coalesce(max(position), 0) as position, greatest(max(stamped_at), clock_timestamp()) as now
    from (select position, stamped_at from {schema}.cf_log order by position desc limit 1) as end_of_log
), head as materialized (
    select greatest((select max(seq_id) from {schema}.cf_log), (select seen from {schema}.cf_log_head)) as seen
), mode as materialized (
    -- Where somebody appends who takes no fence, no number is ever known to be lost.
    select shared, case when shared then 0 else @settled_below end as settled_below
    from (select coalesce((select shared from {schema}.cf_log_head), false) as shared) as declared
), late as materialized (
    select g.first_seq as gap, e.*
    from {schema}.cf_log_gaps g
    cross join lateral (
        select seq_id, tenant_id, stream_id, version, type from {schema}.mt_events
        where seq_id between g.first_seq and g.last_seq order by seq_id limit {page}) as e
    where g.seen_at >= coalesce(clock_timestamp() - @young, '-infinity')
    order by e.seq_id
    limit {page}
), look as materialized (
    -- With more to come from the gaps nothing newer is taken, and no gap is given up: both would pass over what was not read.
    select count(*) < {page} as whole from late
), fresh as materialized (
    select head.seen + 1 as gap, e.*
    from head
    cross join lateral (
        select seq_id, tenant_id, stream_id, version, type from {schema}.mt_events
        where seq_id > head.seen order by seq_id limit {page}) as e
    where (select whole from look)
), candidates as materialized (
    select * from late union all select * from fresh
), ordered as (
    select c.gap, c.seq_id, c.tenant_id, c.version, c.type,
        max(c.seq_id) over stream_so_far as turn,
        bool_or(case when (select shared from mode) then exists (
            select from {schema}.mt_events p
            where p.tenant_id = c.tenant_id and p.stream_id = c.stream_id and p.version = c.version - 1 and p.type <> 'tombstone'
                and not exists (select from {schema}.cf_log l where l.seq_id = p.seq_id offset 0)
                and not exists (select from candidates other where other.seq_id = p.seq_id)
            offset 0) else false end) over stream_so_far as too_early
    from candidates c
    window stream_so_far as (partition by c.tenant_id, c.stream_id order by c.version)
), taken as materialized (
    select gap, seq_id, tenant_id, version, type, turn from ordered where not too_early
), placed as (
    insert into {schema}.cf_log (position, seq_id, tenant_id, stamped_at)
    select last.position + row_number() over (order by t.turn, t.version), t.seq_id, t.tenant_id, last.now
    from last
    cross join taken t
    where t.type <> 'tombstone'
    returning position, seq_id, tenant_id
), ends as (
    insert into {schema}.cf_log_ends (tenant_id, position)
    select tenant_id, max(position) from placed group by tenant_id
    on conflict (tenant_id) do update set position = excluded.position
), closed as (
    delete from {schema}.cf_log_gaps g
    where g.first_seq in (select gap from taken) or (g.last_seq < (select settled_below from mode) and (select whole from look))
    returning first_seq, last_seq, seen_at
), ranges as (
    select first_seq as gap, last_seq, seen_at from closed where not (last_seq < (select settled_below from mode) and (select whole from look))
    union all
    select gap, max(seq_id), (select now from last) from fresh group by gap
), bounds as (
    select gap, seq_id from taken
    union all
    select gap, last_seq + 1 from ranges
), missing as (
    select gap, lag(seq_id, 1, gap - 1) over (partition by gap order by seq_id) + 1 as first_seq, seq_id - 1 as last_seq from bounds
), opened as (
    insert into {schema}.cf_log_gaps (first_seq, last_seq, seen_at)
    select m.first_seq, m.last_seq, r.seen_at from missing m join ranges r on r.gap = m.gap where m.first_seq <= m.last_seq
    returning first_seq
), moved as (
    update {schema}.cf_log_head set seen = f.seen
    from (select max(seq_id) as seen from fresh) as f
    where f.seen > (select coalesce(max(seq_id), 0) from placed)
)
select (select count(*) from placed),
    (select count(*) from taken),
    greatest((select seen from head), (select max(seq_id) from fresh)),
    (select count(*) from {schema}.cf_log_gaps) - (select count(*) from closed) + (select count(*) from opened),
    not (select whole from look) or (select count(*) from fresh) = {page},
    (select shared from mode)
