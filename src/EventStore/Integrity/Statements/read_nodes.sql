select wanted.ordinal, stored.hash
from unnest(@levels, @firsts, @lasts) with ordinality as wanted (level, first, last, ordinal)
cross join lateral (
    select position as place, hash from {schema}.cf_ledger_leaves
    where wanted.level = 0 and position between wanted.first + 1 and wanted.last + 1
    union all
    select number, hash from {schema}.cf_ledger_nodes
    where wanted.level > 0 and level = wanted.level and number between wanted.first and wanted.last
) as stored
order by wanted.ordinal, stored.place
