using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using CaseFlow.Api.Embedded;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>The program itself, in a process of its own, as a user would start it.</summary>
public sealed class ProgramProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<string> _answering = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProgramProcess(Process process) => _process = process;

    /// <summary>What it has printed so far, on both outputs.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Whether it has ended, by itself or not.</summary>
    public bool HasEnded => _process.HasExited;

    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Set for the process; null removes a variable.</param>
    /// <param name="user">Another user to run as; needs root.</param>
    public static ProgramProcess Start(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? user = null)
    {
        var program = typeof(EmbeddedPostgres).Assembly.Location;
        var dotnet = Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory());
        if (user is not null)
        {
            dotnet = Path.Combine(Reachable.Directory(Path.GetDirectoryName(dotnet)!), "dotnet");
            program = Path.Combine(Reachable.Directory(Path.GetDirectoryName(program)!), Path.GetFileName(program));
        }
        var start = new ProcessStartInfo(dotnet, ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        if (user is not null) start.UserName = user;

        var running = new ProgramProcess(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => running.Keep(line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Keep(line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Serves on a free port with a database of its own in <paramref name="dataDirectory"/>.</summary>
    public static ProgramProcess Serve(string dataDirectory, string urls = "http://127.0.0.1:0") =>
        Start([$"--Urls={urls}", $"--Embedded:DataDirectory={dataDirectory}", "--Embedded:Durable=false"]);

    /// <summary>Waits until it serves, and gives the line that says where.</summary>
    public async Task<string> AnsweringAsync()
    {
        var first = await Task.WhenAny(_answering.Task, _process.WaitForExitAsync(), Task.Delay(Patience));
        return first == _answering.Task
            ? await _answering.Task
            : throw new InvalidOperationException($"The program does not serve. It said:\n{Output}");
    }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        if (line.Contains("CaseFlow answers on", StringComparison.Ordinal)) _answering.TrySetResult(line);
    }
}
