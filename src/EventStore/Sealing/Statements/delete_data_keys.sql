delete from {schema}.cf_data_keys
where tenant_id = @tenant and subject_id = any (@subjects)
