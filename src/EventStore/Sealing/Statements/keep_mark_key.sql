insert into {schema}.cf_mark_keys (purpose, wrapped_key, wrapping_key_id)
values (@purpose, @wrapped_key, @wrapping_key_id)
on conflict do nothing
