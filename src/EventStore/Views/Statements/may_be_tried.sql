select not exists (
    select from {schema}.cf_view_failures where view = @name and version = @version and next_try_at > clock_timestamp())
