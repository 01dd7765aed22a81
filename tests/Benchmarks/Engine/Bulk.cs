using System.Diagnostics;
using Npgsql;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// Bulk import: new streams of twenty events, two thousand events to an append. The limit is a binary COPY of the very rows
/// into the same table with its indexes, foreign key and triggers, the streams being there already; the bytes lie ready.
/// </summary>
internal static class Bulk
{
    private const int EventsEach = 20;
    private const int StreamsEach = 100;

    public static async Task<IReadOnlyList<Row>> RunAsync(BenchServer server, EngineOptions options)
    {
        var events = Math.Max(2, options.Events / 5 / (EventsEach * StreamsEach)) * EventsEach * StreamsEach;
        var model = await server.CreateDatabaseAsync();
        await using (await EngineUse.OpenAsync(model))
            Console.WriteLine($"importing {events:N0} events");
        using var rows = new MemoryStream();
        var streamsThere = await server.CreateDatabaseAsync(Closed(model));
        await using (var filled = await EngineUse.OpenAsync(streamsThere))
        {
            await ImportAsync(filled, events);
            await using var connection = await filled.Source.OpenConnectionAsync();
            await using var copy = await connection.BeginRawBinaryCopyAsync("copy caseflow.mt_events to stdout (format binary)");
            await copy.CopyToAsync(rows);
        }

        await BenchServer.AskAsync(streamsThere, "set session_replication_role = replica; truncate caseflow.mt_events cascade");
        string? fresh = null;
        var series = await Alternate.RunAsync(
            server, options.Rounds, options.Slice,
            new Side("CaseFlow", _ => OnFreshAsync(engine => ImportAsync(engine, events)), PrepareAsync: () => FreshAsync(model)),
            new Side("binary COPY", _ => OnFreshAsync(CopyAsync), PrepareAsync: () => FreshAsync(streamsThere)));
        if (fresh is not null)
            await server.DropDatabaseAsync(fresh);
        return [Row.Of("bulk import", series[0], series[1], 0.60)];

        async Task FreshAsync(string template)
        {
            if (fresh is not null)
                await server.DropDatabaseAsync(fresh);
            fresh = await server.CreateDatabaseAsync(Closed(template));
        }

        async Task<Done> OnFreshAsync(Func<EngineUse, Task> work)
        {
            await using var engine = await EngineUse.OpenAsync(fresh!);
            var watch = Stopwatch.StartNew();
            await work(engine);
            return new Done(events, watch.Elapsed.TotalSeconds);
        }

        async Task CopyAsync(EngineUse engine)
        {
            rows.Position = 0;
            await using var connection = await engine.Source.OpenConnectionAsync();
            await using var copy = await connection.BeginRawBinaryCopyAsync("copy caseflow.mt_events from stdin (format binary)");
            await rows.CopyToAsync(copy);
        }
    }

    private static async Task ImportAsync(EngineUse engine, int events)
    {
        for (var done = 0; done < events; done += EventsEach * StreamsEach)
            await engine.ImportAsync(Enumerable.Range(0, StreamsEach).Select(_ => Guid.CreateVersion7()), EventsEach);
    }

    /// <summary>A template has no connections.</summary>
    private static string Closed(string connectionString)
    {
        NpgsqlConnection.ClearAllPools();
        return new NpgsqlConnectionStringBuilder(connectionString).Database!;
    }
}
