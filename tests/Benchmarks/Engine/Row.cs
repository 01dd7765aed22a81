using System.Globalization;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>One line of the table.</summary>
/// <param name="Measured">False: something was missing, and the row says what.</param>
/// <param name="Reached">Null where there is nothing to reach.</param>
/// <param name="Limits">For the list of what fell short: what the time went into.</param>
internal sealed record Row(
    string Work, string Ours, string Limit, string Ratio, string Target, bool? Reached, string CpuOurs = "", string CpuLimit = "", string Limits = "", bool Measured = true)
{
    /// <param name="target">The least ratio of medians; null for a figure that is only told.</param>
    public static Row Of(string work, Series ours, Series limit, double? target, string unit = "/s")
    {
        var ratio = ours.Median / limit.Median;
        var rounds = ours.Rates.Zip(limit.Rates, (one, other) => one / other).ToList();
        var (busy, client) = ours.Load;
        return new Row(
            work, Report.Count(ours.Median) + unit, $"{limit.Name} {Report.Count(limit.Median)}{unit}",
            $"{Number(ratio)} ({Number(rounds.Min())}–{Number(rounds.Max())})",
            target is { } least ? $"≥ {Number(least)}" : "told", target is null ? null : ratio >= target, ours.Cpu, limit.Cpu,
            Invariant($"processors {busy:P0} busy with it, {client:P0} of that in the client")
                + (busy < 0.7 ? "; the rest is waiting (WAL, fsync, locks, or other work on the machine)" : ""));
    }

    public static Row Failed(string work, string target, string why) => new(work, "not measured", "", "", target, false, Limits: why, Measured: false);

    /// <summary>A ratio or a figure with the digits that say something.</summary>
    public static string Number(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
