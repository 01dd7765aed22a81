update {schema}.cf_key_state set ring_oldest_epoch = greatest(ring_oldest_epoch, @epoch)
