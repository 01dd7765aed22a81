select wrapped_key, wrapping_key_id
from {schema}.cf_mark_keys
where purpose = @purpose
