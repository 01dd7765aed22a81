-- Reads whose time is over are walked once along the index by reader, a bounded number at a time, from where the batch before ended: a batch costs what
-- it walks, however many reads there are, and recording a read keeps no index for it. The plan is part of the promise, so the ways that read everything
-- are shut. A mark without a time is behind all reads of its reader; none at the end says that nothing is left to walk.
drop function if exists {schema}.cf_forget_accesses(text, timestamptz, timestamptz, uuid[], integer);
drop index if exists {schema}.cf_access_at;
create or replace function {schema}.cf_forget_accesses(
    p_tenant text, p_before timestamptz, p_cji_before timestamptz, p_kept uuid[], p_most integer,
    inout p_actor text, inout p_at timestamptz, inout p_id uuid, out p_forgotten bigint)
    language plpgsql volatile security definer set search_path = pg_catalog
    set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
declare
    v_before constant timestamptz := least(p_before, now() - interval '6 years');
    v_left integer := p_most;
    v_asked integer;
    v_ids uuid[];
    v_ats timestamptz[];
    v_some bigint;
begin
    p_forgotten := 0;
    while v_left > 0 loop
        if p_at is null then
            select a.actor_id into p_actor from {schema}.cf_access a
            where a.tenant_id = p_tenant and a.actor_id > coalesce(p_actor, '') order by a.actor_id limit 1;
            if not found then
                p_actor := null;
                p_id := null;
                return;
            end if;
            p_at := '-infinity';
            p_id := '00000000-0000-0000-0000-000000000000';
            v_left := v_left - 1;
        end if;
        v_asked := greatest(v_left, 1);
        select array_agg(w.id), array_agg(w.at) into v_ids, v_ats from (
            select a.id, a.at from {schema}.cf_access a
            where a.tenant_id = p_tenant and a.actor_id = p_actor and (a.at, a.id) > (p_at, p_id) and a.at < v_before
            order by a.at, a.id limit v_asked) w;
        if v_ids is not null then
            with forgotten as (
                delete from {schema}.cf_access a
                where a.id = any (v_ids) and (not a.cji or a.at < p_cji_before) and not a.subject_ids && p_kept
                returning a.id, a.at, a.tenant_id, a.subject_ids
            ), subjects as (
                delete from {schema}.cf_access_subjects s
                using (select tenant_id, at, id, unnest(subject_ids) as subject_id from forgotten) f
                where (s.tenant_id, s.subject_id, s.at, s.access_id) = (f.tenant_id, f.subject_id, f.at, f.id)
            )
            select count(*) into v_some from forgotten;
            p_forgotten := p_forgotten + v_some;
            v_left := v_left - cardinality(v_ids);
            p_at := v_ats[cardinality(v_ats)];
            p_id := v_ids[cardinality(v_ids)];
        end if;
        if coalesce(cardinality(v_ids), 0) < v_asked then
            p_at := null;
        end if;
    end loop;
end $$;
revoke all on function {schema}.cf_forget_accesses(text, timestamptz, timestamptz, uuid[], integer, text, timestamptz, uuid) from public;
grant execute on function {schema}.cf_forget_accesses(text, timestamptz, timestamptz, uuid[], integer, text, timestamptz, uuid) to caseflow_program;
