with fence as materialized (
    {fence}
), stream as (
    {stream}
){answer}, written as (
    insert into {schema}.mt_events (
        seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
        correlation_id, causation_id, headers, user_name, is_archived)
    select nextval('{schema}.mt_events_sequence'), e.id, @stream, head.version - @count + e.ordinal, e.data, e.type, now(),
        @tenant, e.dotnet_type, @correlation, @causation, e.headers, @user_name, false
    from {head} as head cross join {events} as e (id, data, type, dotnet_type, headers, ordinal)
    {once_answered}
    returning seq_id
)
select (select version from stream), max(seq_id) from written
