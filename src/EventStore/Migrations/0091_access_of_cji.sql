-- Which reads answered criminal justice information. The rows from before are not known to have: they are not marked.
alter table {schema}.cf_access add column if not exists cji boolean not null default false;
alter table {schema}.cf_access_subjects add column if not exists cji boolean not null default false;
create index if not exists cf_access_cji on {schema}.cf_access_subjects (tenant_id, subject_id, at, access_id) where cji;
