using System.Diagnostics;
using CaseFlow.Faults.Checks;
using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Scenarios;

/// <summary>kill -9.</summary>
internal static class Kills
{
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(5);

    /// <summary>The only node is killed at random moments, and started again as its supervisor would.</summary>
    public static async Task<Report> OfTheProgramAsync(int seed, int kills)
    {
        await using var arena = await Arena.OpenAsync("killing the program", seed);
        var node = await arena.StartNodeAsync();
        arena.StartWriting();
        for (var kill = 0; kill < kills; kill++)
        {
            await arena.WorkAsync(500, 2500);
            arena.Kill(node);
            node = await arena.StartNodeAsync();
        }

        await arena.WorkAsync(300, 600);
        return await arena.FinishAsync();
    }

    /// <summary>Two nodes, and then three; the one that works in the background is killed, and another takes over within five seconds.</summary>
    public static async Task<Report> OfTheLeaderAsync(int seed, int kills)
    {
        await using var arena = await Arena.OpenAsync("killing the leading node", seed);
        await Task.WhenAll(arena.StartNodeAsync(), arena.StartNodeAsync());
        arena.StartWriting();
        var slowest = TimeSpan.Zero;
        for (var kill = 0; kill < kills; kill++)
        {
            await arena.WorkAsync(500, 2000);
            var leader = await Watch.LeaderAsync(arena.Server);
            arena.Kill(arena.Alive.Single(node => node.Name == leader));
            var killed = Stopwatch.StartNew();
            await Machine.UntilAsync($"another node than {leader} works (seed {seed})", Takeover, () => TookOverAsync(arena.Server, leader!));
            slowest = killed.Elapsed > slowest ? killed.Elapsed : slowest;
            while (arena.Alive.Count < 3)
                await arena.StartNodeAsync();
        }

        await arena.WorkAsync(300, 600);
        var report = await arena.FinishAsync();
        var reigns = (await arena.Server.AskAsync<string>(Watch.Reigns, "caseflow")).Split(' ');
        reigns.Distinct().Count().ShouldBe(reigns.Length, $"no two nodes worked in turns (seed {seed}): {string.Join(' ', reigns)}");
        reigns.Length.ShouldBeGreaterThan(kills);
        return report with { Notes = $"slowest takeover {slowest.TotalSeconds:0.0} s" };
    }

    /// <summary>Every process of the cluster is killed at one moment; two nodes go on by themselves when it is back.</summary>
    public static async Task<Report> OfPostgresAsync(int seed, int kills)
    {
        await using var arena = await Arena.OpenAsync("killing PostgreSQL", seed);
        await Task.WhenAll(arena.StartNodeAsync(), arena.StartNodeAsync());
        arena.StartWriting();
        for (var kill = 0; kill < kills; kill++)
        {
            await arena.WorkAsync(500, 2500);
            await arena.Server.KillAsync();
            arena.Faults++;
            await Task.Delay(arena.Random.Next(1500));
            await arena.Server.StartAsync();
        }

        await arena.WorkAsync(300, 600);
        arena.Alive.Count.ShouldBe(2, "no node ended");
        return await arena.FinishAsync();
    }

    private static Task<bool> TookOverAsync(Server server, string leader) => server.AskAsync<bool>(
        $"""
        select exists (select from watch.moves where node like 'node-%' and node <> '{leader}'
          and id > (select max(id) from watch.moves where node = '{leader}'))
        """,
        "caseflow");
}
