select {schema}.cf_hold_lease(@class, @key, @epoch)
