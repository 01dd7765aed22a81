select {schema}.cf_forget_accesses(@tenant, @before, @cji_before, @kept, @most)
