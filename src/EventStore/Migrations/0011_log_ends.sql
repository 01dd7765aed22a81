-- The last position of each tenant: which views have work is one look, whatever the log's length.
create table if not exists {schema}.cf_log_ends (
    tenant_id varchar not null,
    position  bigint  not null,
    constraint pk_cf_log_ends primary key (tenant_id)
);
insert into {schema}.cf_log_ends (tenant_id, position)
select tenant_id, max(position) from {schema}.cf_log group by tenant_id
on conflict (tenant_id) do nothing;
