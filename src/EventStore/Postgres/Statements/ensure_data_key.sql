insert into {schema}.cf_data_keys (tenant_id, subject_id, wrapped_key, wrapping_key_id)
values (@tenant, @subject, @wrapped_key, @wrapping_key_id)
on conflict do nothing
