with stream as (
    insert into {schema}.mt_streams as s (tenant_id, id, type, version, timestamp, created, is_archived)
    values (@tenant, @stream, @stream_type, @count, now(), now(), false)
    on conflict (tenant_id, id) do update set version = s.version + @count, timestamp = now()
    returning version
), written as (
    insert into {schema}.mt_events (
        seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
        correlation_id, causation_id, headers, user_name, is_archived)
    select nextval('{schema}.mt_events_sequence'), e.id, @stream, start.version + e.ordinal, e.data, e.type, now(), @tenant,
        e.dotnet_type, @correlation, @causation, e.headers, @user_name, false
    from unnest(@ids, @data, @types, @dotnet_types, @headers) with ordinality
        as e (id, data, type, dotnet_type, headers, ordinal)
    cross join (select version - @count as version from stream) as start
    order by e.ordinal
    returning seq_id
)
select (select version from stream), max(seq_id) from written
