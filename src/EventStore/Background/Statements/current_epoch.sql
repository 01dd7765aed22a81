select epoch from {schema}.cf_work_lease
