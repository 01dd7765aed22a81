select position
from {schema}.cf_log
where stamped_at <= least(@instant, clock_timestamp())
order by stamped_at desc, position desc
limit 1
