insert into {schema}.cf_outbox (id, tenant_id, topic, key, payload)
select m.id, m.tenant_id, m.topic, m.key, m.payload::jsonb
from unnest(@ids, @tenants, @topics, @keys, @payloads) with ordinality as m (id, tenant_id, topic, key, payload, ordinal)
order by m.ordinal
on conflict (id) do nothing
