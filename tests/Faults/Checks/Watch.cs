using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Checks;

/// <summary>
/// A record, kept by triggers in the moving transactions themselves, of which node moved what from where to where: it
/// shows what no look from outside can, that nothing was ever moved twice or by two nodes in turns.
/// </summary>
internal static class Watch
{
    public const string Install = """
        create schema watch;
        create table watch.moves (
          id bigint generated always as identity primary key,
          node text not null default current_setting('application_name'),
          kind text not null, name text not null, tenant text not null,
          moved_from bigint, moved_to bigint not null, epoch bigint not null,
          at timestamptz not null default clock_timestamp());
        create function watch.checkpoint_moved() returns trigger language plpgsql as $$
        begin
          insert into watch.moves (kind, name, tenant, moved_from, moved_to, epoch) values (
            'view', new.name, new.tenant_id,
            case when tg_op = 'UPDATE' then old.position end, new.position, (select epoch from caseflow.cf_work_lease));
          return null;
        end $$;
        create trigger watched after insert or update on caseflow.cf_checkpoints
          for each row execute function watch.checkpoint_moved();
        create function watch.placed() returns trigger language plpgsql as $$
        begin
          insert into watch.moves (kind, name, tenant, moved_from, moved_to, epoch)
          select 'log', '', '', min(position) - 1, max(position), (select epoch from caseflow.cf_work_lease) from placed having count(*) > 0;
          return null;
        end $$;
        create trigger watched after insert on caseflow.cf_log
          referencing new table as placed for each statement execute function watch.placed();
        -- The triggers run as whoever moves.
        grant usage on schema watch to public;
        grant insert on watch.moves to public;
        """;

    /// <summary>Moves that did not begin where the one before them had ended.</summary>
    public const string BrokenChains = """
        select count(*) from (
          select moved_from, lag(moved_to) over (partition by kind, name, tenant order by id) as before from watch.moves) as chain
        where before is not null and moved_from is distinct from before
        """;

    /// <summary>Moves by a node in an epoch that was over, or that is another node's.</summary>
    public const string BrokenEpochs = """
        select (select count(*) from (
            select epoch, lag(epoch) over (order by id) as before from watch.moves where node like 'node-%') as moves where epoch < before)
          + (select count(*) from (select epoch from watch.moves where node like 'node-%' group by epoch having count(distinct node) > 1) as shared)
        """;

    /// <summary>The nodes in the order in which they worked: each is named once when no two ever took turns.</summary>
    public const string Reigns = """
        select string_agg(node, ' ' order by id) from (
          select id, node, lag(node) over (order by id) as before from watch.moves where node like 'node-%') as moves
        where node is distinct from before
        """;

    /// <returns>The node that placed the last position; null when none has yet.</returns>
    public static Task<string?> LeaderAsync(Server server) =>
        server.AskAsync<string?>("select node from watch.moves where kind = 'log' and node like 'node-%' order by id desc limit 1", "caseflow");
}
