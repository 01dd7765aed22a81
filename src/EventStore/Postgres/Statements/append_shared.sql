-- One look-up of sorted ids each: streams are locked in one order.
with fence as materialized (
    select pg_advisory_xact_lock_shared(@class, @lock_key), set_config('lock_timeout', @patience, true)
), moved as (
    update {schema}.mt_streams
    set version = version + (@moved_counts)[array_position(@moved, id)], timestamp = now()
    from fence
    where tenant_id = @tenant and id = any (@moved) and version = (@moved_expected)[array_position(@moved, id)]
    returning id, version
), created as (
    insert into {schema}.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
    select @tenant, w.id, w.type, w.count, now(), now(), false
    from fence, unnest(@created, @created_counts, @created_types) as w (id, count, type)
    on conflict (tenant_id, id) do nothing
    returning id, version
), joined as (
    insert into {schema}.mt_streams as s (tenant_id, id, type, version, timestamp, created, is_archived)
    select @tenant, w.id, w.type, w.count, now(), now(), false
    from fence, unnest(@joined, @joined_counts, @joined_types) as w (id, count, type)
    on conflict (tenant_id, id) do update set version = s.version + excluded.version, timestamp = now()
    returning id, version
), ready as materialized (
    select id, version from moved union all select id, version from created union all select id, version from joined
), answer as (
    insert into {schema}.cf_idempotency (tenant_id, actor, key, request_hash, status, body)
    select @tenant, a.actor, a.key, a.request_hash, a.status, a.body
    from unnest(@answered, @actors, @keys, @request_hashes, @statuses, @bodies)
        as a (stream, actor, key, request_hash, status, body)
    join ready on ready.id = a.stream
    returning 1
), written as (
    insert into {schema}.mt_events (
        seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
        correlation_id, causation_id, headers, user_name, is_archived)
    select nextval('{schema}.mt_events_sequence'), e.id, e.stream, ready.version - e.before_end, e.data, e.type, now(), @tenant,
        e.dotnet_type, e.correlation, e.causation, e.headers, e.user_name, false
    from unnest(
            @ids, @streams, @before_ends, @data, @types, @dotnet_types, @headers, @correlations, @causations, @user_names)
        with ordinality
        as e (id, stream, before_end, data, type, dotnet_type, headers, correlation, causation, user_name, ordinal)
    join ready on ready.id = e.stream
    where (select count(*) from answer) >= 0
    order by e.ordinal
    returning id, version, seq_id
)
select written.id, written.version, written.seq_id
from unnest(@last_ids) as l (id) join written on written.id = l.id
