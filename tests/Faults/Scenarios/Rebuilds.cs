using CaseFlow.Faults.Servers;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Faults.Scenarios;

/// <summary>Views are built anew under load, and whatever does so is ended again and again.</summary>
internal static class Rebuilds
{
    /// <summary>Application name of the program that rebuilds.</summary>
    public const string Name = "rebuilder";

    private const int MostTries = 10;

    /// <summary>As a release with a newer timeline finds it.</summary>
    private const string Outdate = "update caseflow.cf_views set version = version - 1 where name = 'timeline'; create table if not exists watch.newest as select version + 1 as version from caseflow.cf_views where name = 'timeline'";

    private const string Outdated = "select count(*) from caseflow.cf_views v, watch.newest n where v.name = 'timeline' and v.version < n.version";

    private const string Folding = "select exists (select from caseflow.cf_rebuilds where phase = 'folding' and updated_at > now() - interval '1 second')";

    /// <summary>Where a rebuild is interrupted: while it folds, makes indexes, and takes its view's place.</summary>
    private static readonly string[] Places = ["folding", "create index", "set schema"];

    /// <summary>kill -9 of the rebuild, of PostgreSQL under it, or the end of its sessions; afterwards it is run until it is done.</summary>
    public static async Task<Report> InterruptedAsync(int seed, int kills)
    {
        await using var arena = await Arena.OpenAsync("interrupting a rebuild", seed);
        await arena.StartNodeAsync();
        arena.StartWriting();
        await arena.WorkAsync(300, 600);
        await Lingering.AtTablesAsync(arena.Server, Name);
        var places = new List<string>();
        for (var kill = 0; kill < kills; kill++)
        {
            var (place, kind) = (Places[(seed + kill) % Places.Length], arena.Random.Next(4));
            using var rebuild = Start(arena, "rebuild");
            await Machine.UntilAsync($"the rebuild is at \"{place}\" (seed {seed})", TimeSpan.FromSeconds(60), () =>
            {
                rebuild.HasEnded.ShouldBeFalse($"seed {seed}: {rebuild.Output}");
                return place == "folding" ? arena.Server.AskAsync<bool>(Folding, "caseflow") : Lingering.IsAsync(arena.Server, Name, place);
            });
            places.Add(place);
            await InterruptAsync(arena, rebuild, kind);
            arena.Faults++;
            await arena.WorkAsync(100, 300);
        }

        await Lingering.NoMoreAtTablesAsync(arena.Server);
        await DoneAsync(arena);
        await arena.WorkAsync(100, 300);
        await arena.EndWritingAsync();
        using (var verify = Start(arena, "rebuild", "--verify"))
            (await verify.EndAsync()).ShouldBe(0, $"seed {seed}: {verify.Output}");
        await NothingShouldBeLeftAsync(arena);
        return await arena.FinishAsync() with { Notes = $"interrupted at {string.Join(", ", places)}" };
    }

    /// <summary>A node finds a view older than its program, builds it anew, and is killed at that; the next one ends it.</summary>
    public static async Task<Report> UpgradeKilledAsync(int seed, int kills)
    {
        await using var arena = await Arena.OpenAsync("killing an upgrade", seed);
        var node = await arena.StartNodeAsync();
        arena.StartWriting();
        await arena.WorkAsync(300, 600);
        for (var kill = 0; kill < kills; kill++)
        {
            arena.Kill(node);
            await arena.Server.AskAsync<object?>(Outdate, "caseflow");
            await Lingering.AtTablesAsync(arena.Server, "node-");
            node = await arena.StartNodeAsync();
            var place = Places[1 + ((seed + kill) % 2)];
            await Machine.UntilAsync(
                $"an upgrade is at \"{place}\" (seed {seed}); the node said {node.Output}", TimeSpan.FromSeconds(60), () => Lingering.IsAsync(arena.Server, "node-", place));
            arena.Kill(node);
            (await arena.Server.AskAsync<long>(Outdated, "caseflow")).ShouldBe(1, $"the old rows stay until the new ones are complete (seed {seed})");
            await Lingering.NoMoreAtTablesAsync(arena.Server);
            node = await arena.StartNodeAsync();
            await arena.WorkAsync(100, 300);
            await Machine.UntilAsync(
                $"the upgrade is done (seed {seed}); the node said {node.Output}", TimeSpan.FromSeconds(60),
                async () => await arena.Server.AskAsync<long>(Outdated, "caseflow") == 0);
        }

        await arena.EndWritingAsync();
        await NothingShouldBeLeftAsync(arena);
        return await arena.FinishAsync();
    }

    private static async Task NothingShouldBeLeftAsync(Arena arena)
    {
        (await arena.Server.AskAsync<long>("select count(*) from caseflow.cf_rebuilds", "caseflow")).ShouldBe(0, $"no rebuild is left half done (seed {arena.Seed})");
        (await arena.Server.AskAsync<long>(
            "select count(*) from pg_class where relkind = 'r' and relnamespace in (select oid from pg_namespace where nspname in ('views_rebuild', 'views_replaced'))",
            "caseflow")).ShouldBe(0, $"no table of a rebuild is left (seed {arena.Seed})");
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
