select derives_marks from {schema}.cf_key_state
