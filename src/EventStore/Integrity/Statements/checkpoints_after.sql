select size, note, signed_at from {schema}.cf_ledger_checkpoints where size > @after order by size limit @page
