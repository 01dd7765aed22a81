select coalesce((select position from {schema}.cf_log order by position desc limit 1), 0)
