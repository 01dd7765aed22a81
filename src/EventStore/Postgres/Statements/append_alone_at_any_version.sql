with fence as materialized (
    select pg_advisory_xact_lock_shared(@class, @lock_key), set_config('lock_timeout', @patience, true)
), stream as (
    insert into {schema}.mt_streams as s (tenant_id, id, type, version, timestamp, created, is_archived)
    select @tenant, @stream, @stream_type, @count, now(), now(), false from fence
    on conflict (tenant_id, id) do update set version = s.version + @count, timestamp = now()
    returning version
), answer as (
    insert into {schema}.cf_idempotency (tenant_id, actor, key, request_hash, status, body)
    select @tenant, a.actor, a.key, a.request_hash, a.status, a.body
    from stream cross join unnest(@actors, @keys, @request_hashes, @statuses, @bodies)
        as a (actor, key, request_hash, status, body)
    returning 1
), written as (
    insert into {schema}.mt_events (
        seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
        correlation_id, causation_id, headers, user_name, is_archived)
    select nextval('{schema}.mt_events_sequence'), e.id, @stream, stream.version - @count + e.ordinal, e.data, e.type, now(),
        @tenant, e.dotnet_type, @correlation, @causation, e.headers, @user_name, false
    from stream cross join unnest(@ids, @data, @types, @dotnet_types, @headers) with ordinality
        as e (id, data, type, dotnet_type, headers, ordinal)
    where (select count(*) from answer) >= 0
    order by e.ordinal
    returning seq_id
)
select (select version from stream), max(seq_id) from written
