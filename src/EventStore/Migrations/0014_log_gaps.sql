-- Numbers that were missing below a visible one when the log passed them: still to come, or drawn in vain.
create table if not exists {schema}.cf_log_gaps (
    first_seq bigint      not null,
    last_seq  bigint      not null,
    seen_at   timestamptz not null,
    constraint pk_cf_log_gaps primary key (first_seq),
    constraint ck_cf_log_gaps_range check (first_seq <= last_seq)
);
-- How far the numbers were looked at, where that is beyond the last placed one (tombstones get no position).
create table if not exists {schema}.cf_log_head (
    one  boolean not null default true,
    seen bigint  not null,
    constraint pk_cf_log_head primary key (one),
    constraint ck_cf_log_head_one check (one)
);
insert into {schema}.cf_log_head (seen) values (0) on conflict (one) do nothing;
