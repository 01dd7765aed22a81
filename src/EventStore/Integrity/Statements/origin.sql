select origin from {schema}.cf_ledger
