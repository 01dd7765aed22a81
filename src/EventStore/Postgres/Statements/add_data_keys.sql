insert into {schema}.cf_data_keys (tenant_id, subject_id, wrapped_key, wrapping_key_id)
select @tenant, k.subject_id, k.wrapped_key, k.wrapping_key_id
from unnest(@subjects, @wrapped_keys, @wrapping_key_ids) as k (subject_id, wrapped_key, wrapping_key_id)
order by k.subject_id
