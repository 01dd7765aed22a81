select stamped_at from {schema}.cf_log where position = @position
