update {schema}.cf_key_state
set ring_id = coalesce(ring_id, @ring), ring_epoch = case when coalesce(ring_id, @ring) = @ring then greatest(ring_epoch, @epoch) else ring_epoch end
returning ring_id, ring_epoch, ring_oldest_epoch
