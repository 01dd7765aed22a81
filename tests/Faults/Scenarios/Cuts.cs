using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Scenarios;

/// <summary>The server lives, and what leads to it breaks.</summary>
internal static class Cuts
{
    /// <summary>Sessions at random are ended by an administrator's command, whatever they are at.</summary>
    public static async Task<Report> OfSessionsAsync(int seed, int times)
    {
        await using var arena = await Arena.OpenAsync("terminating sessions", seed);
        await Task.WhenAll(arena.StartNodeAsync(), arena.StartNodeAsync());
        arena.StartWriting();
        await arena.WorkAsync(300, 600);
        for (var time = 0; time < times; time++)
        {
            await Task.Delay(arena.Random.Next(300));
            // One session, or every one at once.
            var some = arena.Random.Next(6) == 0 ? 1000 : 1;
            arena.Faults += (int)await arena.Server.AskAsync<long>($"""
                select count(pg_terminate_backend(pid)) from (
                  select pid from pg_stat_activity where datname = 'caseflow' and application_name <> 'watch' order by random() limit {some}) as victims
                """);
        }

        await arena.WorkAsync(300, 600);
        arena.Alive.Count.ShouldBe(2, "no node ended");
        return await arena.FinishAsync();
    }

    /// <summary>Connections are cut in the middle of a request, of an answer, and between the two.</summary>
    public static async Task<Report> OfConnectionsAsync(int seed, int times)
    {
        await using var arena = await Arena.OpenAsync("cutting connections", seed);
        using var proxy = new CuttingProxy(arena.Server.Port, arena.Random.Next());
        arena.ConnectionString = application => Server.To("127.0.0.1", $"{proxy.Port}", application);
        await arena.StartNodeAsync();
        proxy.Cut(on: true);
        arena.StartWriting();
        // The connections that the node had before are whole; ending them brings those that will be cut.
        await arena.Server.AskAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'node-%'");
        await Machine.UntilAsync($"{times} connections are cut (seed {seed})", TimeSpan.FromSeconds(60 + times), () => Task.FromResult(proxy.Cuts >= times));
        proxy.Cut(on: false);
        await arena.WorkAsync(1000, 1500);
        arena.Faults = proxy.Cuts;
        arena.Alive.Count.ShouldBe(1, "the node did not end");
        return await arena.FinishAsync();
    }
}
