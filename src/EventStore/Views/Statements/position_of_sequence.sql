select {schema}.cf_position_of(@sequence)
