select purpose, wrapped_key, wrapping_key_id
from {schema}.cf_mark_keys
where wrapping_key_id <> @wrapping_key_id
order by purpose
