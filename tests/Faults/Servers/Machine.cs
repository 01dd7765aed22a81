using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CaseFlow.Faults.Servers;

/// <summary>What the machine is asked for: programs, a free port, a directory that the database's user may enter.</summary>
internal static class Machine
{
    /// <summary>PostgreSQL refuses to run as root; then it runs as the user that its package made.</summary>
    public static string? ServerUser => Environment.IsPrivilegedProcess ? "postgres" : null;

    /// <summary>What must be undone when the run itself is ended from outside; take it back by disposing.</summary>
    public static IDisposable AtExit(Action undo)
    {
        void Undo(object? sender, EventArgs ended) => undo();
        AppDomain.CurrentDomain.ProcessExit += Undo;
        return new Registration(() => AppDomain.CurrentDomain.ProcessExit -= Undo);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A new directory under the temporary one, open to every user, as those inside it are not.</summary>
    public static string NewDirectory()
    {
        var path = Path.Combine(Path.GetTempPath(), $"caseflow-faults-{Guid.NewGuid():N}");
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return path;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? user = null)
    {
        using var process = Start(program, arguments, user);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await output}{await errors}");
    }

    public static Process Start(string program, IEnumerable<string> arguments, string? user = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (user is not null)
            start.UserName = user;
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>kill -9, of all of them at once; those that have ended already are no error.</summary>
    public static async Task KillAsync(IReadOnlyCollection<int> processes)
    {
        using var kill = Start("kill", ["-9", .. processes.Select(process => $"{process}")]);
        await kill.WaitForExitAsync();
    }

    public static async Task<IReadOnlyList<int>> ChildrenAsync(int process)
    {
        using var pgrep = Start("pgrep", ["-P", $"{process}"]);
        var found = await pgrep.StandardOutput.ReadToEndAsync();
        await pgrep.WaitForExitAsync();
        return [.. found.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
    }

    /// <summary>Waits for what must happen by itself.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public static async Task UntilAsync(string what, TimeSpan atMost, Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            if (waited.Elapsed > atMost)
                throw new TimeoutException($"Not within {atMost.TotalSeconds:0} s: {what}.");
            await Task.Delay(25);
        }
    }

    private sealed class Registration(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
