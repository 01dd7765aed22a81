using System.Diagnostics;
using System.Globalization;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>The processes that belong to the embedded database in one directory.</summary>
internal static class ServerProcesses
{
    /// <summary>The number in postmaster.pid; null when the server was stopped properly.</summary>
    public static int? Postmaster(string dataDirectory)
    {
        try
        {
            var lines = File.ReadLines(Path.Combine(dataDirectory, "data", "postmaster.pid"));
            return int.Parse(lines.First(), CultureInfo.InvariantCulture);
        }
        catch (IOException gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public static IReadOnlyList<int> Watchdogs(string dataDirectory) =>
        Matching(Path.Combine(dataDirectory, "running.lock"));

    /// <summary>Whether the process is a server in this directory, not another one with the same number.</summary>
    public static bool IsAlive(int process, string dataDirectory) =>
        Matching(Path.Combine(dataDirectory, "data")).Contains(process);

    public static string Owner(int process) => Output("ps", "-o", "user=", "-p", $"{process}").Trim();

    /// <summary>Ends a process; one that has ended by itself since it was listed will do as well.</summary>
    public static void Kill(int process)
    {
        try
        {
            using var victim = Process.GetProcessById(process);
            victim.Kill();
            victim.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (ArgumentException)
        {
            // No such process: gone between the listing and now.
        }
    }

    /// <summary>Waits for what happens by itself within moments.</summary>
    public static async Task<bool> SoonAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(20)) return false;
            await Task.Delay(20);
        }
        return true;
    }

    private static int[] Matching(string text) =>
        [.. Output("pgrep", "-f", text).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }
}
