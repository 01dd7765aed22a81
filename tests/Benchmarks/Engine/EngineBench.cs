using System.Globalization;
using System.Text;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>The whole table of the engine beside its limits and its peers, by one command.</summary>
internal static class EngineBench
{
    private static readonly (string Name, string What, Func<BenchServer, EngineOptions, Task<IReadOnlyList<Row>>> RunAsync)[] Groups =
    [
        ("append", "single appends", Appends.SingleAsync),
        ("slow", "single appends with a 1 ms fsync", Appends.SlowDiskAsync),
        ("append20", "20-event appends", Appends.TwentyAsync),
        ("bulk", "bulk import", Bulk.RunAsync),
        ("command", "command end to end", Commands.EndToEndAsync),
        ("stream", "read a 100-event stream and fold", Commands.ReadHundredAsync),
        ("log", "read all events in pages", LogReading.RunAsync),
        ("rebuild", "rebuild of two views", Rebuilding.RunAsync),
        ("visible", "async view, one append to visible", Visible.RunAsync),
        ("http", "HTTP command end to end", HttpDoor.RunAsync),
        ("size", "a small and a large store", TwoSizes.RunAsync),
        ("idle", "idle service memory", IdleAsync),
    ];

    /// <returns>0 when every wanted row was measured, whether it was reached or not.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = EngineOptions.Parse(arguments);
        if (options is null || options.Rows.Any(row => Groups.All(group => group.Name != row)))
        {
            Console.WriteLine($"{EngineOptions.Usage}\n\nRows: {string.Join(", ", Groups.Select(group => $"{group.Name} ({group.What})"))}");
            return 2;
        }

        Console.WriteLine($"load {Report.Load()} at the start, {Environment.ProcessorCount} processors\n");
        List<Row> rows = [];
        await using (var server = await BenchServer.StartAsync())
        {
            Console.WriteLine(FormattableString.Invariant($"{await server.VersionAsync()}, median commit {(await server.CommitsAsync()).At(0.5):0.00} ms"));
            await Sample.LearnAsync(server);
            foreach (var (name, what, run) in Groups.Where(group => options.Rows.Count == 0 || options.Rows.Contains(group.Name)))
            {
                Console.WriteLine($"## {name}: {what} (load {Report.Load()})");
                try
                {
                    rows.AddRange(await run(server, options));
                }
                catch (Exception failed) when (failed is not OutOfMemoryException)
                {
                    rows.Add(Row.Failed(what, "", failed.Message.ReplaceLineEndings(" ")));
                    Console.WriteLine(failed is MissingToolException ? failed.Message : failed);
                }

                Console.WriteLine();
            }
        }

        var table = Table(rows);
        Console.WriteLine(table);
        if (options.Markdown is { } file)
            await File.WriteAllTextAsync(file, table);
        return rows.All(row => row.Measured) ? 0 : 1;
    }

    /// <summary>The child processes of some rows.</summary>
    public static Task<int> ChildAsync(string what, string which) => what == "host" ? HttpDoor.ChildAsync(which) : Rebuilding.ChildAsync(what, which);

    private static async Task<IReadOnlyList<Row>> IdleAsync(BenchServer server, EngineOptions options)
    {
        const int allowed = 150;
        var memory = await Starting.IdleMegabytesAsync(options.Rounds);
        return
        [
            new Row(
                "idle service: working set after 30 s", FormattableString.Invariant($"{memory.At(0.5):0} MB"), "", "", $"≤ {allowed} MB", memory.At(0.5) <= allowed,
                Limits: "memory of the program's own process"),
        ];
    }

    private static string Table(IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, load {Report.Load()} at the end. Ratio: median (lowest–highest round); CPU: microseconds per event, server + client.");
        text.AppendLine();
        text.AppendLine("| Work | Ours | Limit | Ratio | Reach | Reached | CPU ours | CPU limit |");
        text.AppendLine("|---|---:|---:|---:|---:|---|---:|---:|");
        foreach (var row in rows)
        {
            var reached = row switch { { Measured: false } => "not measured", { Reached: null } => "", { Reached: true } => "yes", _ => "**no**" };
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Work} | {row.Ours} | {row.Limit} | {row.Ratio} | {row.Target} | {reached} | {row.CpuOurs} | {row.CpuLimit} |");
        }

        text.AppendLine();
        var shorts = rows.Where(row => row.Reached == false).ToList();
        text.AppendLine(shorts.Count == 0 ? "Everything is reached." : "Short:");
        text.AppendLine();
        foreach (var row in shorts)
            text.AppendLine(CultureInfo.InvariantCulture, $"- {row.Work}: {(row.Measured ? $"{row.Ours}{(row.Ratio.Length == 0 ? "" : $", {row.Ratio}")}, wanted {row.Target}. " : "not measured. ")}{row.Limits}");
        return text.ToString();
    }
}
