-- A view has a position when it has applied every event of the tenant up to it, wherever the log's other tenants stand.
-- One row for each view, in the order of their names as asked.
with here as (
    select asked.n, asked.name, coalesce(
        (select position from {schema}.cf_checkpoints where name = asked.name and tenant_id = @tenant), 0) as position
    from unnest(@names) with ordinality as asked(name, n)
)
select here.position,
    here.position >= @asked
        or ({schema}.cf_log_reached(@asked)
            and not exists (
                select from {schema}.cf_log where tenant_id = @tenant and position > here.position and position <= @asked)),
    (select extract(epoch from next_try_at - clock_timestamp())::float8
     from {schema}.cf_view_failures where view = here.name and tenant_id = @tenant),
    (select version from {schema}.cf_views where name = here.name)
from here
order by here.n
