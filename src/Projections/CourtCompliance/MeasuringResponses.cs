using CaseFlow.Projections.CourtActivity;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>How the court answered what a participant did; pure, as <see cref="Measuring"/> is.</summary>
internal static class MeasuringResponses
{
    private const int LatestShown = 10;

    public static ResponsesShown Of(MeasuredBy by)
    {
        var matrix = by.Court.Configuration.Responses;
        var all = Measuring.Lines(by, ActivityKind.Response).ToList();
        List<ActivityLine> Those(params FileEntryKind[] kinds) => [.. all.Where(line => kinds.Any(kind => line.State == ViewText.Of(kind)))];
        var (incentives, sanctions) = (Those(FileEntryKind.Incentive), Those(FileEntryKind.Sanction, FileEntryKind.JailImposed));
        var from = by.Today.AddDays(-matrix.RatioDays);
        return new ResponsesShown(
            matrix.RatioDays,
            incentives.Count(line => line.Day > from),
            sanctions.Count(line => line.Day > from),
            matrix.IncentivesPerSanction,
            incentives.Count,
            sanctions.Count,
            Those(FileEntryKind.Adjustment).Count,
            Those(FileEntryKind.JailImposed).Sum(line => line.Amount),
            LatestOf(Answers(all).Where(line => line.Row?.Entry is not { Kind: FileEntryKind.JailServed }), all));
    }

    /// <returns>The latest as they were shown first: days served that were taken back stood among them, without a word of what they were.</returns>
    internal static IReadOnlyList<ResponseShown> FirstLatestOf(MeasuredBy by)
    {
        var all = Measuring.Lines(by, ActivityKind.Response).ToList();
        return LatestOf(Answers(all), all);
    }

    /// <summary>Days served are told with the jail that they are of.</summary>
    private static IEnumerable<ActivityLine> Answers(List<ActivityLine> all) => all.Where(line => line.State != ViewText.Of(FileEntryKind.JailServed));

    private static IReadOnlyList<ResponseShown> LatestOf(IEnumerable<ActivityLine> shown, List<ActivityLine> all)
    {
        var served = all.Where(line => line.State == ViewText.Of(FileEntryKind.JailServed)).ToLookup(line => line.Row?.Entry?.About, line => line.Amount);
        return [.. shown.TakeLast(LatestShown).Reverse().Select(line => ShownOf(line, served))];
    }

    private static ResponseShown ShownOf(ActivityLine line, ILookup<Guid?, long> served)
    {
        var entry = line.Row?.Entry;
        var isJail = entry?.Kind == FileEntryKind.JailImposed;
        return new ResponseShown(line.Day, line.State, line.Step, line.State == ActivityEntry.Retracted)
        {
            Behaviour = entry?.Detail,
            Days = isJail ? line.Amount : null,
            DaysServed = isJail ? served[entry!.EntryId].Sum() : null,
        };
    }
}
