insert into {schema}.cf_ledger_leaves (position, seq_id, event_id, hash)
select * from unnest(@positions, @sequences, @ids, @hashes)
