copy (
    select l.position, e.seq_id, e.version, e.id, e.stream_id, e.timestamp, e.type, e.tenant_id,
        e.user_name, e.correlation_id, e.causation_id, e.data, e.headers
    from {schema}.cf_log l
    join {schema}.mt_events e on e.seq_id = l.seq_id
    where l.position > {after} and l.position <= {up_to}
    order by l.position
) to stdout (format binary)
