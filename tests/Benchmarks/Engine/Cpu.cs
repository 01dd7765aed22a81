using System.Diagnostics;
using System.Globalization;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>Processor time in microseconds, as Linux counts it per process.</summary>
internal static class Cpu
{
    private const double MicrosPerTick = 1e6 / 100; // USER_HZ is 100 on every Linux that .NET runs on.

    /// <summary>This process.</summary>
    public static double Own()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalMicroseconds;
    }

    /// <summary>Children of this process that have ended, such as pgbench.</summary>
    public static double EndedChildren() => Stat(Environment.ProcessId) is { } self ? self.OfEndedChildren : 0;

    /// <summary>One living process, without its children.</summary>
    public static double Of(int process) => Stat(process)?.Own ?? 0;

    /// <summary>A process with its living children and all that have ended: a whole PostgreSQL server, by its postmaster.</summary>
    public static double OfFamily(int parent)
    {
        while (true)
        {
            var before = Stat(parent) ?? throw new InvalidOperationException($"Process {parent} is not there.");
            var sum = before.Own + before.OfEndedChildren;
            foreach (var directory in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id) && Stat(id) is { } stat && stat.Parent == parent)
                    sum += stat.Own + stat.OfEndedChildren;
            }

            // A child that ended while we looked may be in neither part, or in both.
            if (Stat(parent)?.OfEndedChildren == before.OfEndedChildren)
                return sum;
        }
    }

    public static int ParentOf(int process) => Stat(process)?.Parent ?? throw new InvalidOperationException($"Process {process} is not there.");

    private static (int Parent, double Own, double OfEndedChildren)? Stat(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return ((int)Number(1), (Number(11) + Number(12)) * MicrosPerTick, (Number(13) + Number(14)) * MicrosPerTick);

            double Number(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // It ended while we looked.
        }
    }
}
