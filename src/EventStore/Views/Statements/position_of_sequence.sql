select position from {schema}.cf_log where seq_id = @sequence
