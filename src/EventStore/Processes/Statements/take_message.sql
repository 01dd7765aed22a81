-- The oldest of its key that is due and in nobody's hands; one that is being delivered still stands before its followers.
select o.id, o.tenant_id, o.topic, o.key, o.payload::text, o.created_at, o.attempts
from {schema}.cf_outbox o
where o.topic = @topic and o.delivered_at is null and o.set_aside_at is null and o.next_try_at <= clock_timestamp()
    and not exists (
        select from {schema}.cf_outbox earlier
        where earlier.tenant_id = o.tenant_id and earlier.topic = o.topic and earlier.key = o.key and earlier.number < o.number
            and earlier.delivered_at is null and earlier.set_aside_at is null)
order by o.number
limit 1
for update skip locked
