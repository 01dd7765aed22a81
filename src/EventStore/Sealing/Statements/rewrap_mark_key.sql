update {schema}.cf_mark_keys
set wrapped_key = @wrapped_key, wrapping_key_id = @wrapping_key_id
where purpose = @purpose
