using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using CaseFlow.Api.Embedded;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Benchmarks;

/// <summary>The program in a process of its own, on its embedded database in a given directory.</summary>
internal sealed partial class ServedProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServedProgram(Process process) => this.process = process;

    /// <summary>Where it answers.</summary>
    public string Address { get; private set; } = "";

    /// <summary>From the start of the process to the first 200 of <c>/health/ready</c>.</summary>
    public TimeSpan Started { get; private set; }

    /// <summary>The part of it that PostgreSQL took, as the program says, milliseconds.</summary>
    public double? DatabaseStarted => lines.Select(line => ReadyAfter().Match(line)).FirstOrDefault(match => match.Success) is { } found
        ? double.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    public double WorkingSetMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    public static string Dotnet => Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory());

    /// <param name="directory">Holds data and keys.</param>
    /// <param name="program">The program's assembly; the one beside this one unless given.</param>
    public static async Task<ServedProgram> StartAsync(string directory, string? program = null)
    {
        var key = Path.Combine(directory, "wrapping.key");
        FileWrappingKey.OpenOrCreate(key); // a key that is named must be there
        var start = new ProcessStartInfo(Dotnet,
        [
            "exec", program ?? typeof(EmbeddedPostgres).Assembly.Location, "--Urls=http://127.0.0.1:0",
            $"--Embedded:DataDirectory={Path.Combine(directory, "postgres")}", $"--Keys:File={key}",
            $"--Authentication:DevelopmentKeyFile={TokenKey(directory)}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var watch = Stopwatch.StartNew();
        var served = new ServedProgram(new Process { StartInfo = start });
        served.process.OutputDataReceived += (_, line) => served.Keep(line.Data);
        served.process.ErrorDataReceived += (_, line) => served.Keep(line.Data);
        served.process.Start();
        served.process.BeginOutputReadLine();
        served.process.BeginErrorReadLine();
        var first = await Task.WhenAny(served.address.Task, served.process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(3)));
        if (first != served.address.Task)
            throw new InvalidOperationException($"The program does not serve. It said:\n{string.Join('\n', served.lines)}");
        served.Address = await served.address.Task;
        using var http = new HttpClient();
        while (true)
        {
            using var answer = await http.GetAsync($"{served.Address}/health/ready");
            if (answer.IsSuccessStatusCode)
                break;
            await Task.Delay(10);
        }

        served.Started = watch.Elapsed;
        return served;
    }

    public static string TokenKey(string directory) => Path.Combine(directory, "token.key");

    /// <summary>Asks it to end and waits until it and its database have.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
                await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (AnswersOn().Match(line) is { Success: true } found)
            address.TrySetResult(found.Groups[1].Value);
    }

    [GeneratedRegex(@"CaseFlow answers on (http\S+)")]
    private static partial Regex AnswersOn();

    [GeneratedRegex(@"ready after (\d+) ms")]
    private static partial Regex ReadyAfter();
}
