using System.Diagnostics;
using System.Globalization;

namespace CaseFlow.Benchmarks;

/// <summary>One entry of the list of measurements.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Options">What may follow the name.</param>
/// <param name="What">One line about it.</param>
/// <param name="RunAsync">Measures, prints tables, and says whether every plan was as it must be.</param>
internal sealed record Measurement(string Name, string Options, string What, Func<string?, Task<bool>> RunAsync);

/// <summary>Prints tables that can be pasted into docs/performance.md as they are.</summary>
internal static class Report
{
    public static void Begin(Measurement measurement) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"## {measurement.Name}: {measurement.What}\n\n{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, load {Load()} at the start\n"));

    public static void End() => Console.WriteLine($"load {Load()} at the end\n");

    public static void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> lines = [header, .. rows];
        var widths = Enumerable.Range(0, header.Count).Select(column => lines.Max(line => line[column].Length)).ToArray();
        for (var n = 0; n < lines.Count; n++)
        {
            Console.WriteLine($"| {string.Join(" | ", lines[n].Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |");
            if (n == 0)
                Console.WriteLine($"|{string.Join('|', widths.Select((width, column) => new string('-', width + (column == 0 ? 2 : 1)) + (column == 0 ? "" : ":")))}|");
        }

        Console.WriteLine();
    }

    /// <summary>The three load averages of the machine; a busy machine makes a figure a bound, not a result.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    public static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Milliseconds(double value) => value.ToString(value < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);

    public static string Times(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " x";
}

/// <summary>Durations in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly List<double> taken = [];

    public int Count => taken.Count;

    public void Add(long started) => taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);

    public void Add(double milliseconds) => taken.Add(milliseconds);

    /// <param name="share">0.5 for the median.</param>
    public double At(double share)
    {
        taken.Sort();
        return taken[Math.Min(taken.Count - 1, (int)Math.Ceiling(share * taken.Count) - 1)];
    }

    public string Text(double share) => Report.Milliseconds(At(share));
}
