select l.position from {schema}.mt_events e
join {schema}.cf_log l on l.seq_id = e.seq_id
where e.id = @event_id and e.tenant_id = @tenant
