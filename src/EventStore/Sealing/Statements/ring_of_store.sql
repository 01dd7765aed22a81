select ring_id from {schema}.cf_key_state
