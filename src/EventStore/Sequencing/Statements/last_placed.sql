select position, seq_id from {schema}.cf_log order by position desc limit 1
