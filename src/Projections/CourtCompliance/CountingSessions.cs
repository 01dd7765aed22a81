using CaseFlow.Domain.Coaching;
using CaseFlow.Projections.CourtActivity;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>
/// Counts sessions against the order now in force: its provider's, of its kind, on its days. Everything else is shown beside it, so that nothing a
/// participant did is lost and nothing counts for what was not ordered.
/// </summary>
internal sealed class CountingSessions
{
    private readonly MeasuredBy by;
    private readonly CoachingOrder? order;
    private readonly List<ActivityLine> counted = [];
    private readonly List<DateOnly> heldOn = [];
    private readonly List<(string? Provider, SessionKind Kind, ApartReason Reason, ActivityLine Line)> apart = [];
    private readonly bool isTold;

    /// <param name="by">What is measured by.</param>
    /// <param name="agreed">What the court orders, or offered; null for nothing: then every session is one of coaching, and none is apart.</param>
    public CountingSessions(MeasuredBy by, CoachingStanding? agreed)
    {
        (this.by, order) = (by, agreed?.Order);
        var provider = agreed?.ProviderAgencyId;
        var providers = new Dictionary<string, bool>(StringComparer.Ordinal); // hundreds of sessions come from a few sources
        foreach (var line in Measuring.Lines(by, ActivityKind.Session))
        {
            var day = line.StartsAt is { } at ? by.DayOf(at) : line.Day;
            if (AfterTheEnd.Holds(line, by.Entry.Ended, by.DayOf))
                continue;
            if (!providers.TryGetValue(line.Source, out var isProviders))
                providers[line.Source] = isProviders = provider is null || ActivityQueries.IsOf(line.Source, provider);
            isTold |= isProviders;
            if (WhyApart(line, day, isProviders) is { } reason)
            {
                apart.Add((ActivityQueries.SourcesOf(line.Source).Select(source => source.AgencyId).FirstOrDefault(), ViewText.To<SessionKind>(line.Step), reason, line));
                continue;
            }

            counted.Add(line);
            if (line.State == ViewText.Of(SessionStatus.Held))
                heldOn.Add(day);
        }
    }

    /// <summary>Null where no session of the provider's is told.</summary>
    public AttendanceShown? Attendance => isTold ? Shown(counted) : null;

    /// <summary>By the order now in force; null for none.</summary>
    public int? OrderedSoFar => order is null ? null : PeriodsOver().Count() * order.Sessions;

    /// <summary>No period makes up for another.</summary>
    public int? AttendedSoFar => order is null || !isTold ? null : PeriodsOver()
        .Sum(period => Math.Min(order.Sessions, heldOn.Count(day => day >= period.First && day < period.After)));

    /// <summary>Null for none.</summary>
    public IReadOnlyList<SessionsApart>? Apart => apart.Count == 0 ? null :
    [
        .. apart.GroupBy(one => (one.Reason, Provider: one.Provider ?? "", one.Kind))
            .OrderBy(alike => alike.Key.Reason).ThenBy(alike => alike.Key.Provider, StringComparer.Ordinal).ThenBy(alike => alike.Key.Kind)
            .Select(alike => new SessionsApart(alike.First().Provider, alike.Key.Kind, alike.Key.Reason, Shown([.. alike.Select(one => one.Line)]))),
    ];

    private ApartReason? WhyApart(ActivityLine line, DateOnly day, bool isProviders) => (isProviders, order) switch
    {
        (false, _) => ApartReason.OtherProvider,
        (_, null) => null,
        _ when line.Step != ViewText.Of(order.Kind) => ApartReason.OtherKind,
        _ when day < order.From || day > order.Until => ApartReason.OutsideOrder,
        _ => null,
    };

    private AttendanceShown Shown(List<ActivityLine> sessions)
    {
        int In(SessionStatus status) => sessions.Count(line => line.State == ViewText.Of(status));
        var untold = sessions.Count(line => line.State == ViewText.Of(SessionStatus.Scheduled) && line.StartsAt < by.Now);
        return new AttendanceShown(
            In(SessionStatus.Held), In(SessionStatus.Missed), In(SessionStatus.Excused), In(SessionStatus.Scheduled) - untold, sessions.Sum(line => line.Amount))
        {
            Untold = untold,
        };
    }

    /// <summary>The weeks or months of the order that are over; a whole order is one, and is over after its last day. What is over grows no more.</summary>
    private IEnumerable<(DateOnly First, DateOnly After)> PeriodsOver()
    {
        var today = Measuring.LastDay(by);
        var last = today <= order!.Until ? today : order.Until.AddDays(1);
        if (order.Per == OrderPeriod.WholeOrder)
            return today > order.Until ? [(order.From, last)] : [];
        return Enumerable.Range(0, int.MaxValue).Select(n => (First: Start(n), After: Start(n + 1))).TakeWhile(period => period.After <= last);
    }

    private DateOnly Start(int period) => order!.Per == OrderPeriod.Week ? order.From.AddDays(7 * period) : order.From.AddMonths(period);
}
