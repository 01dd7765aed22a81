insert into {schema}.cf_ledger_keys (number, note) values (@number, @note)
