using System.Diagnostics;
using System.Globalization;

namespace CaseFlow.Benchmarks;

/// <summary>
/// The published program: cold into an empty data directory (initdb, migration, demonstration county), warm on the same
/// directory, and the working set of the program's process, PostgreSQL not counted, thirty seconds after it was ready.
/// </summary>
internal static class Starting
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    public static async Task<bool> RunAsync(string? count)
    {
        var runs = count is null ? 5 : int.Parse(count, CultureInfo.InvariantCulture);
        var home = World.NewDirectory();
        var published = Path.Combine(home, "program");
        await PublishAsync(published);
        var (cold, coldDatabase, warm, warmDatabase, memory) = (new Latencies(), new Latencies(), new Latencies(), new Latencies(), new Latencies());
        for (var run = 0; run < runs; run++)
        {
            var directory = Path.Combine(home, $"run-{run}");
            Directory.CreateDirectory(directory);
            await using (var program = await ServedProgram.StartAsync(directory, Path.Combine(published, "CaseFlow.Api.dll")))
            {
                cold.Add(program.Started.TotalMilliseconds);
                coldDatabase.Add(program.DatabaseStarted ?? 0);
            }

            await using (var program = await ServedProgram.StartAsync(directory, Path.Combine(published, "CaseFlow.Api.dll")))
            {
                warm.Add(program.Started.TotalMilliseconds);
                warmDatabase.Add(program.DatabaseStarted ?? 0);
                await Task.Delay(Idle);
                memory.Add(program.WorkingSetMegabytes);
            }
        }

        Directory.Delete(home, recursive: true);
        Report.Table(
            [$"{runs} runs", "median", "lowest", "highest"],
            [
                ["cold start, ms", .. Of(cold)],
                ["of it PostgreSQL (initdb, start), ms", .. Of(coldDatabase)],
                ["warm start, ms", .. Of(warm)],
                ["of it PostgreSQL (start), ms", .. Of(warmDatabase)],
                ["working set after 30 s idle, MB", .. Of(memory)],
            ]);
        return true;

        static string[] Of(Latencies figure) => [Report.Count(figure.At(0.5)), Report.Count(figure.At(0.0001)), Report.Count(figure.At(1))];
    }

    /// <summary>The working set of the published program on a warm directory, idle for a while, once per run.</summary>
    internal static async Task<Latencies> IdleMegabytesAsync(int runs)
    {
        var home = World.NewDirectory();
        var published = Path.Combine(home, "program");
        await PublishAsync(published);
        var directory = Path.Combine(home, "run");
        Directory.CreateDirectory(directory);
        await using (await ServedProgram.StartAsync(directory, Path.Combine(published, "CaseFlow.Api.dll")))
        {
            // The first start makes database and demonstration county.
        }

        var memory = new Latencies();
        for (var run = 0; run < runs; run++)
        {
            await using var program = await ServedProgram.StartAsync(directory, Path.Combine(published, "CaseFlow.Api.dll"));
            await Task.Delay(Idle);
            memory.Add(program.WorkingSetMegabytes);
        }

        Directory.Delete(home, recursive: true);
        return memory;
    }

    private static async Task PublishAsync(string target)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CaseFlow.sln")))
            root = root.Parent ?? throw new DirectoryNotFoundException("Run this from the repository.");
        var publish = new ProcessStartInfo(ServedProgram.Dotnet, ["publish", Path.Combine(root.FullName, "src", "Api"), "-c", "Release", "-o", target, "-v", "quiet", "--nologo"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(publish)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(said);
    }
}
