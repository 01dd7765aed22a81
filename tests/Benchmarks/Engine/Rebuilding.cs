using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CaseFlow.EventStore;
using Npgsql;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// Rebuilds a view per client and one across clients, of both kinds: counters that answer for now, and two of the program's
/// own that answer for every moment of the past, which write two or three rows for an event and keep four to twelve indexes.
/// Each in a process of its own, so that its peak memory is its own. The limit reads the rows of the whole log in one
/// query, parses the JSON of each, and does nothing with it.
/// </summary>
internal static class Rebuilding
{
    private const int OneByOneDuties = 1_000;
    private const int MegabytesAllowed = 256;

    public static async Task<IReadOnlyList<Row>> RunAsync(BenchServer server, EngineOptions options)
    {
        var database = await FilledAsync(server, Math.Max(1_000, (int)((options.Events - 1_000) / 2.402)));
        var few = await FilledAsync(server, OneByOneDuties);
        List<Row> rows = [];
        foreach (var (view, title) in new[]
        {
            ("clients", "per-client view (counters)"),
            ("days", "cross-client view (counters)"),
            ("timeline", "per-client view with its past (timeline)"),
            ("compliance", "cross-client view with its past (duty queue)"),
        })
        {
            Console.WriteLine($"rebuild of one {title}");
            var (events, megabytes) = (0L, 0.0);
            var series = await Alternate.RunAsync(
                server, options.Rounds, options.Slice,
                new Side("CaseFlow", async _ =>
                {
                    var (done, peak) = await InChildAsync("rebuild", view, database);
                    (events, megabytes) = (done.Events, Math.Max(megabytes, peak));
                    return done;
                }),
                new Side("read and parse", _ => ReadAndParseAsync(database)));
            var slow = new Series("event at a time");
            var (oneByOne, _) = await InChildAsync("follow", view, few);
            slow.Add(oneByOne, 0, 0);

            var work = $"rebuild of one {title}";
            rows.Add(Row.Of($"{work}, {events:N0} events", series[0], series[1], 0.60, " events/s"));
            rows.Add(Row.Of($"{work} beside event at a time ({oneByOne.Events:N0} events, scaled)", series[0], slow, 100, " events/s") with { CpuLimit = "" });
            rows.Add(new Row(
                $"{work}: peak working set of its process", FormattableString.Invariant($"{megabytes:0} MB"), "", "", $"≤ {MegabytesAllowed} MB",
                megabytes <= MegabytesAllowed, Limits: "memory of the rebuild's own process"));
        }

        return rows;
    }

    /// <summary>The child's part: one rebuild, or one slow following, and its figures on the output.</summary>
    public static async Task<int> ChildAsync(string what, string view)
    {
        var connection = Environment.GetEnvironmentVariable("BENCH_DATABASE") ?? throw new InvalidOperationException("Only the benchmark starts this.");
        await using var engine = await EngineUse.OpenAsync(connection);
        var events = (await engine.Store.EndOfLogAsync(CancellationToken.None)).Position;
        var (watch, cpu) = (Stopwatch.StartNew(), Cpu.Own());
        if (what == "rebuild")
            await engine.RebuildAsync(EngineUse.ViewOf(view));
        else
            await engine.FollowOneByOneAsync(EngineUse.ViewOf(view));
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{events} {watch.Elapsed.TotalSeconds} {Cpu.Own() - cpu} {self.PeakWorkingSet64 / 1048576.0}"));
        return 0;
    }

    private static async Task<(Done Done, double Megabytes)> InChildAsync(string what, string view, string database)
    {
        var (program, arguments) = Tool.Self("engine-child", what, view);
        var said = await Tool.RunAsync(program, arguments, new Dictionary<string, string> { ["BENCH_DATABASE"] = database });
        var figures = said.Trim().Split('\n')[^1].Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        Console.WriteLine(FormattableString.Invariant($"  {what} of {view}: {figures[0]:N0} events in {figures[1]:0.0} s, peak {figures[3]:0} MB"));
        return (new Done((long)figures[0], figures[1], figures[2]), figures[3]);
    }

    private static async Task<string> FilledAsync(BenchServer server, int duties)
    {
        var database = await server.CreateDatabaseAsync();
        await using var engine = await EngineUse.OpenAsync(database);
        await using (var owner = StoreDataSource.Open(new NpgsqlConnectionStringBuilder(engine.ConnectionString)))
            await QueueAtScale.WriteAsync(owner, duties);
        await BenchServer.AskAsync(database, "vacuum analyze");
        return database;
    }

    private static async Task<Done> ReadAndParseAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var (watch, count) = (Stopwatch.StartNew(), 0L);
        await using var all = new NpgsqlCommand(EngineUse.WholeLog(), connection);
        all.CommandTimeout = 0;
        await using var reader = await all.ExecuteReaderAsync();
        var (facts, circumstances) = (reader.GetOrdinal("data"), reader.GetOrdinal("headers"));
        while (await reader.ReadAsync())
        {
            using var data = JsonDocument.Parse(reader.GetFieldValue<byte[]>(facts));
            using var headers = JsonDocument.Parse(reader.GetFieldValue<byte[]>(circumstances));
            count += data.RootElement.ValueKind == headers.RootElement.ValueKind ? 1 : 0;
        }

        return new Done(count, watch.Elapsed.TotalSeconds);
    }
}
