insert into {schema}.cf_idempotency (tenant_id, actor, key, request_hash, status, body)
    select @tenant, a.actor, a.key, a.request_hash, a.status, a.body
    from stream cross join unnest(@actors, @keys, @request_hashes, @statuses, @bodies)
        as a (actor, key, request_hash, status, body)
    returning 1
