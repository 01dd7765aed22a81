-- Reads are kept six years at least (45 CFR 164.316 (b)(2)): a younger one is deleted by nobody, an older one by policy alone. The program may
-- delete none; it asks this function, which leaves what is asked to be kept and forgets a read with its subjects or not at all.
create or replace function {schema}.cf_keep_young_accesses() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if old.at > now() - interval '6 years' then
        raise exception 'recorded accesses cannot be changed (delete)' using errcode = 'CF403';
    end if;
    return old;
end $$;
create or replace trigger cf_keep_accesses before update or truncate on {schema}.cf_access
    for each statement execute function {schema}.cf_keep_accesses();
create or replace trigger cf_keep_access_subjects before update or truncate on {schema}.cf_access_subjects
    for each statement execute function {schema}.cf_keep_accesses();
create or replace trigger cf_keep_young_accesses before delete on {schema}.cf_access
    for each row execute function {schema}.cf_keep_young_accesses();
create or replace trigger cf_keep_young_access_subjects before delete on {schema}.cf_access_subjects
    for each row execute function {schema}.cf_keep_young_accesses();
create index if not exists cf_access_at on {schema}.cf_access using brin (at);
create or replace function {schema}.cf_forget_accesses(
    p_tenant text, p_before timestamptz, p_cji_before timestamptz, p_kept uuid[], p_most integer) returns bigint
    language sql volatile security definer set search_path = pg_catalog as $$
    with old as (
        select id from {schema}.cf_access
        where tenant_id = p_tenant and at < least(p_before, now() - interval '6 years') and (not cji or at < p_cji_before) and not subject_ids && p_kept
        order by at limit p_most
    ), forgotten as (
        delete from {schema}.cf_access a using old where a.id = old.id returning a.id, a.at, a.tenant_id, a.subject_ids
    ), subjects as (
        delete from {schema}.cf_access_subjects s
        using (select tenant_id, at, id, unnest(subject_ids) as subject_id from forgotten) f
        where (s.tenant_id, s.subject_id, s.at, s.access_id) = (f.tenant_id, f.subject_id, f.at, f.id)
    )
    select count(*) from forgotten
$$;
revoke all on function {schema}.cf_forget_accesses(text, timestamptz, timestamptz, uuid[], integer) from public;
grant execute on function {schema}.cf_forget_accesses(text, timestamptz, timestamptz, uuid[], integer) to caseflow_program;
