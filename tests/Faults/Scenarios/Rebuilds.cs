using System.Diagnostics;
using CaseFlow.Faults.Servers;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Faults.Scenarios;

/// <summary>Views are built anew under load, and whatever does so is ended again and again.</summary>
internal static class Rebuilds
{
    /// <summary>Application name of the program that rebuilds.</summary>
    public const string Name = "rebuilder";

    private const int MostTries = 10;

    private const string AtWork = "select exists (select from caseflow.cf_rebuilds where updated_at > now() - interval '1 second')";

    private const string Phase = "select coalesce((select phase from caseflow.cf_rebuilds order by updated_at desc limit 1), 'between two views')";

    /// <summary>kill -9 of the rebuild, of PostgreSQL under it, or the end of its sessions; afterwards it is run until it is done.</summary>
    public static async Task<Report> InterruptedAsync(int seed, int kills)
    {
        await using var arena = await Arena.OpenAsync("interrupting a rebuild", seed);
        await arena.StartNodeAsync();
        arena.StartWriting();
        await arena.WorkAsync(300, 600);
        var (phases, done) = (new List<string>(), TimeSpan.FromSeconds(3));
        while (arena.Faults < kills)
        {
            var kind = arena.Random.Next(4);
            using var rebuild = Start(arena, "rebuild");
            await Machine.UntilAsync($"the rebuild begins (seed {seed}); it said {rebuild.Output}", TimeSpan.FromSeconds(60), async () =>
                rebuild.HasEnded || await arena.Server.AskAsync<bool>(AtWork, "caseflow"));
            var began = Stopwatch.StartNew();
            await Task.Delay(done * arena.Random.NextDouble());
            if (rebuild.HasEnded)
            {
                (await rebuild.EndAsync()).ShouldBe(0, $"seed {seed}: {rebuild.Output}");
                done = began.Elapsed < done ? began.Elapsed : done;
                continue;
            }

            phases.Add(await arena.Server.AskAsync<string>(Phase, "caseflow"));
            await InterruptAsync(arena, rebuild, kind);
            arena.Faults++;
            await arena.WorkAsync(100, 300);
        }

        await DoneAsync(arena);
        await arena.WorkAsync(100, 300);
        await arena.EndWritingAsync();
        using (var verify = Start(arena, "rebuild", "--verify"))
            (await verify.EndAsync()).ShouldBe(0, $"seed {seed}: {verify.Output}");
        (await arena.Server.AskAsync<long>("select count(*) from caseflow.cf_rebuilds", "caseflow")).ShouldBe(0, $"no rebuild is left half done (seed {seed})");
        (await arena.Server.AskAsync<long>(
            "select count(*) from pg_class where relkind = 'r' and relnamespace in (select oid from pg_namespace where nspname in ('views_rebuild', 'views_replaced'))",
            "caseflow")).ShouldBe(0, $"no table of a rebuild is left (seed {seed})");
        return await arena.FinishAsync() with { Notes = $"interrupted while {string.Join(", ", phases)}" };
    }

    private static async Task InterruptAsync(Arena arena, ProgramProcess rebuild, int kind)
    {
        switch (kind)
        {
            case 0:
                await arena.Server.KillAsync();
                rebuild.Kill();
                await arena.Server.StartAsync();
                break;
            case 1:
                await arena.Server.AskAsync<long>($"select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '{Name}'");
                await rebuild.EndAsync();
                break;
            default:
                rebuild.Kill();
                break;
        }
    }

    /// <summary>Goes on from wherever it was interrupted, until it says that all is done.</summary>
    private static async Task DoneAsync(Arena arena)
    {
        for (var tries = 1; ; tries++)
        {
            using var rebuild = Start(arena, "rebuild");
            if (await rebuild.EndAsync() == 0)
                return;
            tries.ShouldBeLessThan(MostTries, $"seed {arena.Seed}: {rebuild.Output}");
            await Task.Delay(500);
        }
    }

    private static ProgramProcess Start(Arena arena, params string[] command) => ProgramProcess.Start(
        [.. command, $"--ConnectionStrings:CaseFlow={arena.ConnectionString(Name)}", $"--Keys:File={arena.Keys.WrappingKeyFile}"]);
}
