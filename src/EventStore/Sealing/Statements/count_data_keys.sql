select wrapping_key_id, count(*), false as marks from {schema}.cf_data_keys group by 1
union all
select wrapping_key_id, count(*), true from {schema}.cf_mark_keys group by 1
order by 3, 1
