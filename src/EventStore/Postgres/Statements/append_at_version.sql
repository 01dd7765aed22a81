with stream as (
    update {schema}.mt_streams
    set version = @expected + @count, timestamp = now()
    where tenant_id = @tenant and id = @stream and version = @expected
    returning version
), written as (
    insert into {schema}.mt_events (
        seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
        correlation_id, causation_id, headers, user_name, is_archived)
    select nextval('{schema}.mt_events_sequence'), e.id, @stream, start.version + e.ordinal, e.data, e.type, now(), @tenant,
        e.dotnet_type, @correlation, @causation, e.headers, @user_name, false
    from unnest(@ids, @data, @types, @dotnet_types, @headers) with ordinality
        as e (id, data, type, dotnet_type, headers, ordinal)
    cross join (
        select coalesce((select version from stream), {schema}.cf_refuse_version(@tenant, @stream, @expected)) - @count
            as version) as start
    order by e.ordinal
    returning seq_id
)
select (select version from stream), max(seq_id) from written
