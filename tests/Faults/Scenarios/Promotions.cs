using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Scenarios;

/// <summary>The primary is lost for good; the replica that confirmed every commit takes its place.</summary>
internal static class Promotions
{
    private const int Jump = 3;

    public static async Task<Report> OfTheReplicaAsync(int seed, int kills)
    {
        await using var arena = await Arena.OpenAsync("losing the primary", seed);
        var lost = new List<Server>();
        try
        {
            var standby = await FollowAsync(arena, "standby-0");
            // Nodes and writers know every server there will be from the start, as an operator's settings would.
            arena.ConnectionString = application =>
                $"{Server.To($"127.0.0.1:{arena.Server.Port},127.0.0.1:{standby.Port}", "5432", application)};Target Session Attributes=primary;Host Recheck Seconds=1";
            await Task.WhenAll(arena.StartNodeAsync(), arena.StartNodeAsync());
            arena.StartWriting();
            await arena.WorkAsync(1500, 3000);

            var primary = arena.Server;
            await primary.KillAsync();
            arena.Faults++;
            lost.Add(primary);
            await Task.Delay(arena.Random.Next(1000));
            var last = await standby.AskAsync<long>("select max(seq_id) from caseflow.mt_events", "caseflow");
            await standby.PromoteAsync();
            arena.Server = standby;
            // The sequence jumps by itself over what the primary may have given away; that it surely does is made sure of.
            await standby.AskAsync<long>($"select count(nextval('caseflow.mt_events_sequence')) from generate_series(1, {Jump})", "caseflow");

            await arena.WorkAsync(1500, 3000);
            arena.Alive.Count.ShouldBe(2, "no node ended");
            var jumped = await standby.AskAsync<long>($"select max(seq_id) - {last} - count(*) from caseflow.mt_events where seq_id > {last}", "caseflow");
            jumped.ShouldBeGreaterThanOrEqualTo(Jump, "numbers without an event lie in the log of the new primary");
            return await arena.FinishAsync() with { Notes = $"{jumped} numbers without an event" };
        }
        finally
        {
            foreach (var server in lost)
                await server.DisposeAsync();
        }
    }

    private static async Task<Server> FollowAsync(Arena arena, string name)
    {
        var standby = await Server.FollowAsync(arena.Server, Path.Combine(arena.Directory, name));
        await arena.Server.AskAsync<object?>("alter system set synchronous_standby_names = '*'");
        await arena.Server.AskAsync<object?>("select null from pg_reload_conf()");
        await Machine.UntilAsync("the standby confirms commits", TimeSpan.FromSeconds(20), () =>
            arena.Server.AskAsync<bool>("select exists (select from pg_stat_replication where sync_state = 'sync' and state = 'streaming')"));
        return standby;
    }
}
