using System.Diagnostics;

namespace CaseFlow.Benchmarks.Engine;

/// <param name="Events">Units of work done in a slice.</param>
/// <param name="Seconds">In this time.</param>
/// <param name="ClientMicros">Processor time of the client, where it is neither this process nor an ended child of it.</param>
internal sealed record Done(long Events, double Seconds, double? ClientMicros = null);

/// <summary>One of those that take turns.</summary>
/// <param name="Name">Whose work it is.</param>
/// <param name="WorkAsync">Works for about the given time, or does a fixed piece of work.</param>
/// <param name="InChild">The client is a process that ends with the slice.</param>
/// <param name="PrepareAsync">Runs before each slice; no part of any figure.</param>
/// <param name="MayFail">A failure ends this side's turns, and not the others'.</param>
internal sealed record Side(
    string Name, Func<TimeSpan, Task<Done>> WorkAsync, bool InChild = false, Func<Task>? PrepareAsync = null, bool MayFail = false);

/// <summary>The slices of one side.</summary>
internal sealed class Series(string name)
{
    private double events;
    private double seconds;
    private double server;
    private double client;

    public string Name { get; } = name;

    /// <summary>Why it has no more turns.</summary>
    public string? Failed { get; set; }

    public List<double> Rates { get; } = [];

    public double Median => Rates.Order().Skip((Rates.Count - 1) / 2).Take(2 - (Rates.Count % 2)).Average();

    public double ServerMicros => server / events;

    public double ClientMicros => client / events;

    /// <summary>How much of all processors this side kept busy, and the client's part of that.</summary>
    public (double Busy, double Client) Load =>
        ((server + client) / (seconds * 1e6 * Environment.ProcessorCount), client / Math.Max(1, server + client));

    public string Cpu => FormattableString.Invariant($"{ServerMicros:0} + {ClientMicros:0}");

    public void Add(Done done, double serverMicros, double clientMicros)
    {
        Rates.Add(done.Events / done.Seconds);
        events += Math.Max(1, done.Events);
        seconds += done.Seconds;
        server += serverMicros;
        client += clientMicros;
    }
}

/// <summary>All sides meet the same machine: slices in turns, after one warm-up slice of each.</summary>
internal static class Alternate
{
    public static async Task<IReadOnlyList<Series>> RunAsync(BenchServer server, int slices, TimeSpan slice, params IReadOnlyList<Side> sides)
    {
        var series = sides.Select(side => new Series(side.Name)).ToList();
        for (var round = -1; round < slices; round++)
        {
            foreach (var n in Enumerable.Range(0, sides.Count).Where(n => series[n].Failed is null))
            {
                try
                {
                    await TurnAsync(server, sides[n], slice, round < 0 ? new Series(sides[n].Name) : series[n]);
                }
                catch (Exception failed) when (sides[n].MayFail && failed is not OutOfMemoryException)
                {
                    series[n].Failed = failed.Message.ReplaceLineEndings(" ");
                    Console.WriteLine($"  {sides[n].Name} failed: {failed.Message}");
                }
            }
        }

        foreach (var one in series.Where(one => one.Failed is null))
            Console.WriteLine(FormattableString.Invariant($"  {one.Name,-28}{one.Median,12:N0}/s  slices {string.Join(' ', one.Rates.Select(Report.Count))}  CPU us {one.Cpu}"));
        return series;
    }

    private static async Task TurnAsync(BenchServer server, Side side, TimeSpan slice, Series series)
    {
        if (side.PrepareAsync is { } prepare)
            await prepare();
        var (serverBefore, ownBefore, childrenBefore) = (server.CpuMicros(), Cpu.Own(), Cpu.EndedChildren());
        var done = await side.WorkAsync(slice);
        var client = done.ClientMicros ?? (side.InChild ? Cpu.EndedChildren() - childrenBefore : Cpu.Own() - ownBefore);
        series.Add(done, server.CpuMicros() - serverBefore, client);
    }

    /// <summary>So many loops at once until the time is over; each call of <paramref name="act"/> is worth some events.</summary>
    public static Func<TimeSpan, Task<Done>> Loops(int loops, int worth, Func<int, Task> act) => async time =>
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, loops).Select(loop => Task.Run(async () =>
        {
            var count = 0L;
            for (; watch.Elapsed < time; count++)
                await act(loop);
            return count;
        })));
        return new Done(counts.Sum() * worth, watch.Elapsed.TotalSeconds);
    };
}
