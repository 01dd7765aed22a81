select note from {schema}.cf_ledger_keys order by number
