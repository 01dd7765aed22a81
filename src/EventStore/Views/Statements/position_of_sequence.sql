<<<<<<< HEAD
=======
-- The reader sees a tenant's rows of the log alone; a number of the log is the whole store's.
>>>>>>> 82dd37c (Find a write's position past the tenant's wall)
select {schema}.cf_position_of(@sequence)
