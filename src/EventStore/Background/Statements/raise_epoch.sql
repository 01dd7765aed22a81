update {schema}.cf_work_lease set epoch = epoch + 1, holder = @holder, since = clock_timestamp() returning epoch
