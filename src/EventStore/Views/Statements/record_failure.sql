-- Nothing when another runner has passed the event meanwhile; the lock on the checkpoint orders the two.
with standing as (
    select c.position
    from {schema}.cf_checkpoints c join {schema}.cf_views v on v.name = c.name
    where c.name = @name and c.tenant_id = @tenant and (c.position = @after or v.version < @version)
    for share
), failing as (
    select l.position, e.id, e.type
    from standing s
    cross join lateral (
        select position, seq_id from {schema}.cf_log
        where tenant_id = @tenant and position > @after order by position limit 1) l
    join {schema}.mt_events e on e.seq_id = l.seq_id
)
insert into {schema}.cf_view_failures as f (
    view, tenant_id, version, position, event_id, event_type, error_type, error, attempts, first_failed_at, last_failed_at, next_try_at)
select @name, @tenant, @version, position, case when @known then id end, case when @known then type end, @error_type, @error, 1,
    clock_timestamp(), clock_timestamp(), clock_timestamp() + @first_retry
from failing
on conflict (view, tenant_id) do update set
    version = excluded.version, position = excluded.position, event_id = excluded.event_id, event_type = excluded.event_type,
    error_type = excluded.error_type, error = excluded.error, last_failed_at = excluded.last_failed_at,
    attempts = case when f.position = excluded.position and f.version = excluded.version then f.attempts + 1 else 1 end,
    first_failed_at = case when f.position = excluded.position and f.version = excluded.version then f.first_failed_at else excluded.first_failed_at end,
    next_try_at = clock_timestamp() + case
        when f.position = excluded.position and f.version = excluded.version
        then least(@first_retry * power(2, least(f.attempts, 20)), @longest_retry) else @first_retry end
returning version, position, event_id, event_type, error_type, error, attempts, first_failed_at, last_failed_at, next_try_at
