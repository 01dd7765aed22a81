select p_forgotten, p_actor, p_at, p_id from {schema}.cf_forget_accesses(@tenant, @before, @cji_before, @kept, @most, @actor, @at, @id)
