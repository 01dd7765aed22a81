namespace CaseFlow.Benchmarks.Engine;

/// <summary>Appends of one event and of twenty, each writer to a stream of its own at the version it knows.</summary>
internal static class Appends
{
    private static readonly int[] Writers = [1, 8, 32];

    public static Task<IReadOnlyList<Row>> SingleAsync(BenchServer server, EngineOptions options) => RunAsync(
        server, options, "single appends", 1, [0.60, 0.75, 0.95],
        [("message-db", [1.0, 2.0, 5.0]), ("Emmett", [3.5, 3.5, 3.5]), ("Marten", [1.0, 1.0, 1.0])]);

    public static Task<IReadOnlyList<Row>> TwentyAsync(BenchServer server, EngineOptions options) => RunAsync(
        server, options, "20-event appends", 20, [0.65, 0.70, 0.80],
        [("message-db", [1.5, 3.0, 3.0]), ("Emmett", [null, null, null]), ("Marten", [1.0, 1.0, 1.0])]);

    /// <summary>On a disk that takes a millisecond to make anything durable.</summary>
    public static async Task<IReadOnlyList<Row>> SlowDiskAsync(BenchServer fast, EngineOptions options)
    {
        await using var server = await BenchServer.StartSlowAsync();
        var (usual, slow) = (await fast.CommitsAsync(), await server.CommitsAsync());
        Console.WriteLine($"  commit of one small row: quickest {usual.Text(0.001)} ms, median {usual.Text(0.5)} ms; with the slow disk {slow.Text(0.001)} and {slow.Text(0.5)} ms");
        if (slow.At(0.001) < 1)
            throw new InvalidOperationException("The slow disk is not slow.");
        return await RunAsync(server, options, "single appends, 1 ms fsync", 1, [0.90, 0.95, 0.80]);
    }

    private static async Task<IReadOnlyList<Row>> RunAsync(
        BenchServer server, EngineOptions options, string work, int eventsEach, double[] targets,
        params IReadOnlyList<(string Name, double?[] Targets)> beside)
    {
        var bare = await Bare.CreateAsync(server);
        await using var engine = await EngineUse.OpenAsync(await server.CreateDatabaseAsync());
        await using var peers = beside.Count == 0 ? null : await Peers.StartAsync(server);
        List<Row> rows = [];
        for (var n = 0; n < Writers.Length; n++)
        {
            var (writers, title) = (Writers[n], $"{work}, {Writers[n]} writer{(Writers[n] == 1 ? "" : "s")}");
            Console.WriteLine(title);
            List<Side> sides = [Ours(engine, writers, eventsEach), Bare.Inserting(server, bare, writers, eventsEach)];
            if (peers?.MessageDb is { } other)
                sides.Add(other.Writing(server, writers, eventsEach) with { MayFail = true });
            if (peers?.Emmett is { } node)
                sides.Add(node.Writing(writers, eventsEach) with { MayFail = true });
            if (peers?.Marten is { } marten)
                sides.Add(marten.Writing(writers, eventsEach) with { MayFail = true });
            var series = await Alternate.RunAsync(server, options.Slices, options.Slice, sides);
            rows.Add(Row.Of(title, series[0], series[1], targets[n]));
            rows.AddRange(beside.Select(peer => Peer(title, peer.Name, peer.Targets[n])));

            Row Peer(string what, string name, double? target) =>
                series.FirstOrDefault(one => one.Name == name) is { Failed: null } found
                    ? Row.Of($"{what}, beside {name}", series[0], found, target)
                    : Row.Failed(
                        $"{what}, beside {name}", target is { } least ? $"≥ {Row.Number(least)}" : "told",
                        peers!.Missing.GetValueOrDefault(name) ?? series.First(one => one.Name == name).Failed!);
        }

        await PlacingAsync(server, engine);
        return rows;
    }

    private static Side Ours(EngineUse engine, int writers, int eventsEach)
    {
        var streams = Enumerable.Range(0, writers).Select(_ => Guid.CreateVersion7()).ToArray();
        var versions = new long[writers];
        return new Side("CaseFlow", Alternate.Loops(writers, eventsEach, async writer =>
            versions[writer] = await engine.AppendAsync(streams[writer], versions[writer], Sample.Events(streams[writer], eventsEach))));
    }

    /// <summary>What the log's order costs: done in the background, so no part of an append's time.</summary>
    private static async Task PlacingAsync(BenchServer server, EngineUse engine)
    {
        var (before, own, watch) = (server.CpuMicros(), Cpu.Own(), System.Diagnostics.Stopwatch.StartNew());
        await engine.PlaceAsync();
        var events = (long)(await BenchServer.AskAsync(engine.ConnectionString, "select count(*) from caseflow.mt_events"))!;
        Console.WriteLine(FormattableString.Invariant(
            $"  placed in the log afterwards: {events:N0} events, {events / watch.Elapsed.TotalSeconds:N0}/s, CPU us {(server.CpuMicros() - before) / events:0} + {(Cpu.Own() - own) / events:0}\n"));
    }
}
