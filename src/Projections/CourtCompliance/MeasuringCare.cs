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
        var agreed = Measuring.Lines(by, ActivityKind.Coaching).Select(line => line.Row!.Coaching).FirstOrDefault();
        var coaches = Measuring.Lines(by, ActivityKind.Coach).Where(line => !AfterTheEnd.Holds(line, by.Entry.Ended, by.DayOf)).Select(line => line.Row!.Coaching!).ToList();
        var coach = agreed is null ? coaches.LastOrDefault() : coaches.LastOrDefault(one => one.ProviderAgencyId == agreed.ProviderAgencyId);
        var sessions = new CountingSessions(by, agreed);
        return agreed is null && coach is null && sessions is { Attendance: null, Apart: null }
            ? null
            : new CoachingShown(
                (coach ?? agreed) is { } standing ? ViewText.Of(standing.Status) : null,
                (agreed ?? coach)?.ProviderAgencyId,
                coach is null ? null : coach.CoachId is not null,
                agreed?.Order,
                sessions.OrderedSoFar,
                sessions.Attendance)
            {
                AttendedSoFar = sessions.AttendedSoFar,
                Apart = sessions.Apart,
                Attention = coach is null ? null : AttentionOf(by, coach, agreed),
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

    private static IReadOnlyList<CoachingAlarm>? AttentionOf(MeasuredBy by, CoachingStanding coach, CoachingStanding? agreed)
    {
        var sessions = Measuring.Lines(by, ActivityKind.Session).Where(line => ActivityQueries.IsOf(line.Source, coach.ProviderAgencyId));
        var watched = coach.Watched(by.AttendanceTold ? sessions : null) with
        {
            OrderStands = agreed?.Stands(by.Today) is true,
            Standings = by.Court.Configuration.Coaching.Contacts is { Count: > 0 } ? (by.Whole ?? by.Entry).Standings() : [],
        };
        return by.Alarms?.At(by.Now, watched) is { Count: > 0 } alarms ? alarms : null;
    }
}
