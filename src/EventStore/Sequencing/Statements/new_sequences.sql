select seq_id from {schema}.mt_events where seq_id > @after order by seq_id limit @page
