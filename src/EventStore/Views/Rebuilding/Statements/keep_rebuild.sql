update {schema}.cf_rebuilds set position = @position, skips = @skips, updated_at = now() where name = @name
