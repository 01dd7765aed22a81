select position, stamped_at from {schema}.cf_log order by position desc limit 1
