update {schema}.cf_data_keys k
set wrapped_key = n.fresh, wrapping_key_id = @wrapping_key_id
from unnest(@tenants, @subjects, @stale, @fresh) as n (tenant_id, subject_id, stale, fresh)
where k.tenant_id = n.tenant_id and k.subject_id = n.subject_id and k.wrapped_key = n.stale
