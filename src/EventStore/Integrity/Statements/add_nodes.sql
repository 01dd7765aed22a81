insert into {schema}.cf_ledger_nodes (level, number, hash)
select * from unnest(@levels, @numbers, @hashes)
