insert into {schema}.cf_ledger_checkpoints (size, note) values (@size, @note) returning signed_at
