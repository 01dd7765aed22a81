select coalesce((select position from {schema}.cf_ledger_leaves order by position desc limit 1), 0)
