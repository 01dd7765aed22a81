-- Only while the view, at this version, stands before the event: the lock on its checkpoint orders this behind the try
-- under way and before the next. When the view has passed meanwhile, the append is refused and decided anew.
with standing as (
    select c.position
    from {schema}.cf_checkpoints c join {schema}.cf_views v on v.name = c.name
    where c.name = @view and c.tenant_id = @tenant and (c.position < @position or v.version < @version)
    for share
), skipped as (
    insert into {schema}.cf_view_skips (view, version, tenant_id, position, event_id, decided_in, skipped_by, reason, skipped_at)
    select @view, @version, @tenant, @position, @event, e.id, e.user_name, @reason, e.timestamp
    from standing cross join {schema}.mt_events e
    where e.id = @decided_in
    on conflict (view, version, tenant_id, position) do nothing
    returning position
), again as (
    update {schema}.cf_view_failures set next_try_at = clock_timestamp() where view = @view and tenant_id = @tenant
)
select coalesce((select position from skipped), {schema}.cf_refuse_version(@tenant, @stream, @stream_version))
