-- One row. A store that held events before its mark keys were stored has marks that followed from the wrapping key of then.
-- The key ring is a file outside; the row says which one belongs here and how far it had come.
create table if not exists {schema}.cf_key_state (
    is_the_one    boolean not null default true,
    derives_marks boolean not null,
    ring_id       uuid,
    ring_epoch    integer not null default 0,
    constraint pk_cf_key_state primary key (is_the_one),
    constraint cf_key_state_one check (is_the_one)
);
insert into {schema}.cf_key_state (derives_marks) select exists (select from {schema}.mt_streams) on conflict do nothing;
