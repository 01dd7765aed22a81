select id, tenant_id, topic, key, created_at, attempts, last_error, set_aside_at is not null
from {schema}.cf_outbox
where id = @id and tenant_id = @tenant and delivered_at is null and last_error is not null
