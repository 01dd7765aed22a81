-- The clock is read after the stamp lock is granted; nothing is placed when another sequencer has been here.
with last as (
    select coalesce(max(position), 0) as position, coalesce(max(stamped_at), '-infinity') as stamped_at
    from (select position, stamped_at from {schema}.cf_log order by position desc limit 1) as end_of_log
), stamp as materialized (
    select position, greatest(stamped_at, clock_timestamp()) as at from last where position = @last_position
), placed as (
    insert into {schema}.cf_log (position, seq_id, tenant_id, stamped_at)
    select stamp.position + row_number() over (order by e.seq_id), e.seq_id, e.tenant_id, stamp.at
    from stamp
    join {schema}.mt_events e on e.seq_id > @after and e.seq_id <= @up_to and e.type <> 'tombstone'
    returning position, tenant_id
), ends as (
    insert into {schema}.cf_log_ends (tenant_id, position)
    select tenant_id, max(position) from placed group by tenant_id
    on conflict (tenant_id) do update set position = excluded.position
)
select count(*), (select count(*) from stamp) from placed
