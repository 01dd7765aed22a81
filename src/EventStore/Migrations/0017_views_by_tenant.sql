-- A view has one version; where it stands is kept for each tenant, at that tenant's last event that it has applied.
create table if not exists {schema}.cf_views (
    name       varchar     not null,
    version    integer     not null,
    updated_at timestamptz not null default now(),
    constraint pk_cf_views primary key (name)
);
insert into {schema}.cf_views (name, version) select name, version from {schema}.cf_checkpoints on conflict (name) do nothing;
alter table {schema}.cf_checkpoints drop constraint pk_cf_checkpoints;
alter table {schema}.cf_checkpoints drop column version;
alter table {schema}.cf_checkpoints add column tenant_id varchar;
insert into {schema}.cf_checkpoints (name, tenant_id, position)
select c.name, e.tenant_id, coalesce(
    (select max(l.position) from {schema}.cf_log l where l.tenant_id = e.tenant_id and l.position <= c.position), 0)
from {schema}.cf_checkpoints c cross join {schema}.cf_log_ends e;
delete from {schema}.cf_checkpoints where tenant_id is null;
alter table {schema}.cf_checkpoints alter column tenant_id set not null;
alter table {schema}.cf_checkpoints add constraint pk_cf_checkpoints primary key (name, tenant_id);
