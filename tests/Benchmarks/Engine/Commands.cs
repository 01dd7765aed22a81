using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// Reading and commanding, eight at once, on stores filled beforehand. pgbench runs the engine's own query on the same streams
/// in the same database, so that what grows, grows for both.
/// </summary>
internal static class Commands
{
    private const int Clients = 8;

    /// <summary>Read a stream of about twenty events, fold, decide, append one.</summary>
    public static async Task<IReadOnlyList<Row>> EndToEndAsync(BenchServer server, EngineOptions options)
    {
        var streams = options.Events / 20;
        await using var engine = await FilledAsync(server, streams, 20);
        var series = await Alternate.RunAsync(
            server, options.Slices, options.Slice,
            new Side("CaseFlow", Alternate.Loops(Clients, 1, async client =>
            {
                var stream = EngineUse.FilledStream(client + (Clients * Random.Shared.Next(streams / Clients)) + 1);
                var read = await engine.Store.ReadStreamAsync(EngineUse.Tenant, stream);
                if (Fold(read) is { Together: > 0 })
                    await engine.AppendAsync(stream, read.Version, Sample.Events(stream, 1));
            })),
            PgBench.Side(
                server, "pgbench read + INSERT", engine.ConnectionString, Clients, 1, Reading(streams) + Bare.Insert(1), WithReading));
        return [Row.Of($"command end to end, {Clients} at once", series[0], series[1], 0.60)];
    }

    /// <summary>Read a stream of a hundred events and fold it.</summary>
    public static async Task<IReadOnlyList<Row>> ReadHundredAsync(BenchServer server, EngineOptions options)
    {
        var streams = Math.Max(100, options.Events / 100);
        await using var engine = await FilledAsync(server, streams, 100);
        List<Row> rows = [];
        foreach (var clients in new[] { 1, Clients })
        {
            var series = await Alternate.RunAsync(
                server, options.Slices, options.Slice,
                new Side("CaseFlow", Alternate.Loops(clients, 100, async _ =>
                {
                    var stream = EngineUse.FilledStream(Random.Shared.Next(streams) + 1);
                    if (Fold(await engine.Store.ReadStreamAsync(EngineUse.Tenant, stream)).Seen != 100)
                        throw new InvalidOperationException("Not a hundred events.");
                })),
                PgBench.Side(server, "pgbench, same query", engine.ConnectionString, clients, 100, Reading(streams), WithReading));
            rows.Add(Row.Of($"read a 100-event stream and fold, {clients} at once", series[0], series[1], 0.65, " events/s"));
        }

        return rows;
    }

    private static async Task<EngineUse> FilledAsync(BenchServer server, int streams, int eventsEach)
    {
        var engine = await EngineUse.OpenAsync(await server.CreateDatabaseAsync());
        await engine.FillAsync(1, streams, eventsEach);
        await engine.PlaceAsync();
        await Bare.CreateTableAsync(engine.ConnectionString);
        await BenchServer.AskAsync(engine.ConnectionString, "vacuum analyze");
        return engine;
    }

    private static string Reading(int streams) =>
        $"\\set n random(1, {streams})\n" + EngineUse.Statement("read_stream").Replace(":stream", EngineUse.FilledStreamSql(":n::bigint"), StringComparison.Ordinal).Trim() + ";\n";

    private static Dictionary<string, string> WithReading() => new(Bare.Variables()) { ["from_version"] = "1" };

    private static (int Seen, int Together) Fold(StreamEvents stream) => stream.Events.Aggregate(
        (Seen: 0, Together: 0),
        (state, recorded) => recorded.Data is WarmHandoffPerformed { PresentTogether: true } ? (state.Seen + 1, state.Together + 1) : (state.Seen + 1, state.Together));
}
