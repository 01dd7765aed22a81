using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.Projections.CourtActivity;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>Counts what coaches and treatment providers tell of a participant, as far as the reader may see; pure, as <see cref="Measuring"/> is.</summary>
internal static class MeasuringCare
{
    private const int LatestShown = 10;

    public static CoachingShown? CoachingOf(MeasuredBy by)
    {
        var sessions = Measuring.Lines(by, ActivityKind.Session).ToList();
        var coaching = Measuring.Lines(by, ActivityKind.Coaching).Select(line => line.Row!.Coaching).FirstOrDefault();
        var coaches = Measuring.Lines(by, ActivityKind.Coach).Select(line => line.Row!.Coaching!).ToList();
        var coach = coaching is null ? coaches.LastOrDefault() : coaches.LastOrDefault(one => one.ProviderAgencyId == coaching.ProviderAgencyId);
        return coaching is null && coach is null && sessions.Count == 0
            ? null
            : new CoachingShown(
                (coach ?? coaching) is { } standing ? ViewText.Of(standing.Status) : null,
                (coaching ?? coach)?.ProviderAgencyId,
                coach is null ? null : coach.CoachId is not null,
                coaching?.Order,
                coaching?.Order is { } order ? OrderedSoFar(order, by.Today) : null,
                sessions.Count == 0 ? null : AttendanceOf(by, sessions))
            {
                Attention = coach is null || by.Entry.Ended is not null ? null : AttentionOf(by, coach, sessions),
            };
    }

    /// <returns>By provider; null where nothing is reported or may be told.</returns>
    public static IReadOnlyList<TreatmentShown>? TreatmentOf(MeasuredBy by)
    {
        List<TreatmentShown> shown =
        [
            .. Measuring.Lines(by, ActivityKind.Treatment).Select(line => line.Row!.Treatment!)
                .GroupBy(report => report.ProviderAgencyId, StringComparer.Ordinal)
                .Where(provider => provider.Any(report => report.Count is not null))
                .OrderBy(provider => provider.Key, StringComparer.Ordinal)
                .Select(ShownOf),
        ];
        return shown.Count == 0 ? null : shown;
    }

    private static TreatmentShown ShownOf(IGrouping<string, TreatmentStanding> provider)
    {
        var counts = provider.Select(report => report.Count).OfType<AttendanceCount>().ToList();
        return new TreatmentShown(
            provider.Key,
            counts.Sum(count => count.Offered),
            counts.Sum(count => count.Attended),
            counts.Sum(count => count.Excused),
            counts.Sum(count => count.Missed()),
            [.. provider.OrderByDescending(report => report.To).ThenByDescending(report => report.From).Take(LatestShown)
                .Select(report => new TreatmentPeriodShown(report.From, report.To, report.Count, report.CorrectedAt))]);
    }

    private static AttendanceShown AttendanceOf(MeasuredBy by, List<ActivityLine> sessions)
    {
        int In(SessionStatus status) => sessions.Count(line => line.State == ViewText.Of(status));
        var untold = sessions.Count(line => line.State == ViewText.Of(SessionStatus.Scheduled) && line.StartsAt < by.Now);
        return new AttendanceShown(
            In(SessionStatus.Held), In(SessionStatus.Missed), In(SessionStatus.Excused), In(SessionStatus.Scheduled) - untold, sessions.Sum(line => line.Amount))
        {
            Untold = untold,
        };
    }

    private static IReadOnlyList<CoachingAlarm>? AttentionOf(MeasuredBy by, CoachingStanding coach, List<ActivityLine> sessions) => by.Alarms?.At(
        by.Now,
        coach.Watched(by.AttendanceTold ? sessions.Where(line => ActivityQueries.IsOf(line.Source, coach.ProviderAgencyId)) : null)) is { Count: > 0 } alarms ? alarms : null;

    /// <summary>What was ordered for the weeks or months that are over; a whole order is owed when it ends.</summary>
    private static int OrderedSoFar(CoachingOrder order, DateOnly today)
    {
        var last = today <= order.Until ? today : order.Until.AddDays(1);
        var days = Math.Max(0, last.DayNumber - order.From.DayNumber);
        return order.Per switch
        {
            OrderPeriod.Week => days / 7 * order.Sessions,
            OrderPeriod.Month => Enumerable.Range(1, 1200).TakeWhile(month => order.From.AddMonths(month) <= last).Count() * order.Sessions,
            _ => today > order.Until ? order.Sessions : 0,
        };
    }
}
