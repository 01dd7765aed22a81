select tenant_id, subject_id, wrapped_key, wrapping_key_id
from {schema}.cf_data_keys
where (tenant_id, subject_id) > (@tenant, @subject) and wrapping_key_id <> @wrapping_key_id
order by tenant_id, subject_id
limit @size
