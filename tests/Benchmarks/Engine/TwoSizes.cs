using System.Diagnostics;
using System.Security.Cryptography;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// The same append and the same timeline page on a store of ten million events, beside a store of one million: both lie there
/// at once and take turns.
/// </summary>
internal static class TwoSizes
{
    private const int EventsEach = 20;
    private const int AtOnce = 8;
    private const int Portion = 1_000_000;

    public static async Task<IReadOnlyList<Row>> RunAsync(BenchServer server, EngineOptions options)
    {
        await using var small = await FilledAsync(server, options.Small);
        await using var large = await FilledAsync(server, options.Large);
        var title = $"{options.Small:N0} → {options.Large:N0} events";
        var appends = await Alternate.RunAsync(
            server, options.Slices, options.Slice, Appending(large, "CaseFlow, large"), Appending(small, "small store"));
        var pages = await Alternate.RunAsync(
            server, options.Slices, options.Slice, Paging(large, options.Large, "CaseFlow, large"), Paging(small, options.Small, "small store"));
        return
        [
            Row.Of($"{title}: append, {AtOnce} writers", appends[0], appends[1], 0.90),
            Row.Of($"{title}: a timeline page, {AtOnce} readers", pages[0], pages[1], 0.90),
        ];
    }

    private static async Task<EngineUse> FilledAsync(BenchServer server, int events)
    {
        var engine = await EngineUse.OpenAsync(await server.CreateDatabaseAsync());
        var streams = events / EventsEach;
        await MeasureAsync("filled by SQL", async () =>
        {
            for (var first = 1; first <= streams; first += Portion / EventsEach)
                await engine.FillAsync(first, Math.Min(Portion / EventsEach, streams - first + 1), EventsEach);
        });
        await MeasureAsync("placed in the log", engine.PlaceAsync);
        await MeasureAsync("timeline rebuilt", () => engine.RebuildAsync(EngineUse.ViewOf("timeline")));
        await BenchServer.AskAsync(engine.ConnectionString, "vacuum analyze");
        await BenchServer.AskAsync(engine.ConnectionString, "checkpoint");
        return engine;

        async Task MeasureAsync(string what, Func<Task> work)
        {
            var watch = Stopwatch.StartNew();
            await work();
            Console.WriteLine(FormattableString.Invariant($"  {events:N0} events {what}: {watch.Elapsed.TotalSeconds:0.0} s, {events / watch.Elapsed.TotalSeconds:N0}/s"));
        }
    }

    private static Side Appending(EngineUse engine, string name)
    {
        var streams = Enumerable.Range(0, AtOnce).Select(_ => Guid.CreateVersion7()).ToArray();
        var versions = new long[AtOnce];
        return new Side(name, Alternate.Loops(AtOnce, 1, async writer =>
            versions[writer] = await engine.AppendAsync(streams[writer], versions[writer], Sample.Events(streams[writer], 1))));
    }

    private static Side Paging(EngineUse engine, int events, string name)
    {
        var view = (TimelineView)EngineUse.ViewOf("timeline");
        var reader = new ViewReader(engine.Reading, new ViewPositions(engine.Reading));
        return new Side(name, Alternate.Loops(AtOnce, 1, async _ =>
        {
            var client = EngineUse.FilledStream(RandomNumberGenerator.GetInt32(events / EventsEach) + 1);
            var page = await reader.PageAsync(view, TimelineQueries.PageOf(
                new TimelineAsked(EngineUse.Tenant, client, null, ViewInstant.Now), new PageWanted(50, null, true)));
            if (page.Rows.Count != EventsEach)
                throw new InvalidOperationException($"{page.Rows.Count} rows instead of {EventsEach}.");
        }));
    }
}
