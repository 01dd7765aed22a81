select request_hash, status, body
from {schema}.cf_idempotency
where tenant_id = @tenant and actor = @actor and key = @key
