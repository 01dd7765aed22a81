select size, note, signed_at from {schema}.cf_ledger_checkpoints order by size desc limit 1
