select subject_id, wrapped_key, wrapping_key_id
from {schema}.cf_data_keys
where tenant_id = @tenant and subject_id = any (@subjects)
