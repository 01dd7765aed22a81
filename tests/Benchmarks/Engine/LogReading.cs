using System.Diagnostics;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>Reads every event of the log in pages, decoded. The limit is psql, which copies the same rows and throws them away.</summary>
internal static class LogReading
{
    public static async Task<IReadOnlyList<Row>> RunAsync(BenchServer server, EngineOptions options)
    {
        await using var engine = await EngineUse.OpenAsync(await server.CreateDatabaseAsync());
        await engine.FillAsync(1, options.Events / 20, 20);
        await engine.PlaceAsync();
        await BenchServer.AskAsync(engine.ConnectionString, "vacuum analyze");
        var series = await Alternate.RunAsync(
            server, options.Rounds, options.Slice,
            new Side("CaseFlow", async _ =>
            {
                var (watch, count) = (Stopwatch.StartNew(), 0L);
                await foreach (var recorded in engine.Store.ReadLogAsync(0))
                    count += recorded.Data is null ? 0 : 1;
                return new Done(count, watch.Elapsed.TotalSeconds);
            }),
            new Side(
                "psql COPY",
                async _ =>
                {
                    var watch = Stopwatch.StartNew();
                    await Tool.RunAsync(
                        server.Binary("psql"), ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-c", $"copy ({EngineUse.WholeLog()}) to stdout"],
                        BenchServer.EnvironmentOf(engine.ConnectionString), missing: "The limit is measured with psql: install PostgreSQL's client package.");
                    return new Done(options.Events / 20 * 20, watch.Elapsed.TotalSeconds);
                },
                InChild: true));
        return [Row.Of("read all events in pages", series[0], series[1], 1.0)];
    }
}
