-- The next message of a topic is found by its number, however many wait.
create index if not exists idx_cf_outbox_order on {schema}.cf_outbox (topic, number)
    where delivered_at is null and set_aside_at is null;
