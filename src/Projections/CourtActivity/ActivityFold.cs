using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.EventStore;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Projections.CourtActivity;

/// <summary>How one test, session or coaching follows from its events, in log order.</summary>
internal static class ActivityFold
{
    private const char Between = ';';

    /// <returns>The row after the event; the row it got when the event says nothing of it.</returns>
    public static ActivityEntry? Evolve(ActivityEntry? row, RecordedEvent recorded) => recorded.Data switch
    {
        DrugTestEvent e => OfTest(row, e, recorded),
        CoachingSessionScheduled or CoachingSessionRescheduled or CoachingSessionHeld or CoachingSessionMissed or CoachingSessionExcused or CoachingSessionCorrected =>
            OfSession(row, (CoachingEvent)recorded.Data, recorded),
        TreatmentAttendanceEvent e => OfTreatment(row, e, recorded),
        CourtEntryRetracted e when row?.Entry is { } entry && entry.EntryId == e.RetractedEntryId =>
            row with { Entry = entry with { RetractedAt = recorded.RecordedAt }, Events = [.. row.Events, recorded.EventId] },
        CourtEntryRetracted => row,
        ParticipationEvent e when FileEntry.Of(e, recorded) is { } entry => Told(
            new ActivityEntry(
                e.ParticipationId, e.ClientId, entry.Kind <= FileEntryKind.JailServed ? ActivityKind.Response : ActivityKind.Payment, e.EntryId, entry.On, Source: "", Events: []),
            recorded) with
        { Entry = entry },
        CoachingEvent e => OfCoaching(row, e, recorded),
        _ => row,
    };

    private static ActivityEntry? OfTest(ActivityEntry? row, DrugTestEvent fact, RecordedEvent recorded)
    {
        if (fact is DrugTestSelected selected)
        {
            return Told(row ?? New(fact.ParticipationId, fact.ClientId, ActivityKind.Test, fact.TestId, selected.Day), recorded) with
            {
                Test = row?.Test ?? new TestProgress(DrugTest.Of(selected)),
            };
        }

        if (row?.Test is not { } test)
            return row;
        var next = test with { Test = test.Test.After(fact) };
        next = next with { StandsSince = test.Known().After(test.Test, next.Test, fact, recorded).StandsSince };
        if (fact is DrugTestCorrected { CorrectedOccurredAt: { } right, Corrects: not TestStatement.WindowOver } time)
            next = next with { TimeCorrection = new TestTimeCorrectionShown(recorded.EventId, recorded.RecordedAt, time.Error, time.Corrects, right) };
        if (fact is DrugTestCorrected e && TestKnown.IsCorrected(test.Test, next.Test, fact))
            next = next with { Correction = new TestCorrectionShown(recorded.EventId, recorded.RecordedAt, e.Error, test.Verdict) };
        return Told(row, recorded) with { Day = next.Test.CountsOn, Test = next };
    }

    /// <summary>A session that never was leaves no row.</summary>
    private static ActivityEntry? OfSession(ActivityEntry? row, CoachingEvent fact, RecordedEvent recorded)
    {
        if (SessionStanding.After(row?.Session, fact) is not { } standing)
            return null;
        var day = Day(standing.Session.StartsAt);
        return Told(row ?? New(fact.ParticipationId, fact.ClientId, ActivityKind.Session, standing.Session.SessionId, day), recorded) with
        {
            Session = standing,
            Day = day,
        };
    }

    private static ActivityEntry? OfTreatment(ActivityEntry? row, TreatmentAttendanceEvent fact, RecordedEvent recorded) => (fact, row?.Treatment) switch
    {
        (TreatmentAttendanceReported e, _) => Told(row ?? New(fact.ParticipationId, fact.ClientId, ActivityKind.Treatment, fact.ReportId, e.To), recorded) with
        {
            Treatment = new TreatmentStanding(e.ProviderAgencyId, e.From, e.To, e.Count, null),
        },
        (TreatmentAttendanceCorrected e, { } standing) => Told(row!, recorded) with
        {
            Treatment = standing with { Count = e.Count, CorrectedAt = recorded.RecordedAt },
        },
        _ => row,
    };

    /// <summary>What the court offers and orders is one row, whether there is a coach another: neither shows or hides the other.</summary>
    private static ActivityEntry? OfCoaching(ActivityEntry? row, CoachingEvent fact, RecordedEvent recorded)
    {
        var now = row?.Coaching ?? new CoachingStanding(CoachingStatus.Offered);
        var next = fact switch
        {
            PeerOffered e => now with { Status = CoachingStatus.Offered, ProviderAgencyId = e.ProviderAgencyId },
            PeerAccepted => now with { Status = CoachingStatus.Accepted },
            PeerDeclined => now with { Status = CoachingStatus.Declined },
            CoachingOrdered e => now with { Status = CoachingStatus.Ordered, ProviderAgencyId = e.ProviderAgencyId, Order = e.Order },
            CoachingOrderLifted => now with { Status = CoachingStatus.Lifted, Order = null },
            CoachAssigned e => now with { Status = CoachingStatus.Coached, ProviderAgencyId = e.ProviderAgencyId, CoachId = e.CoachId },
            CoachUnassigned => now with { Status = CoachingStatus.BetweenCoaches, CoachId = null },
            HandoverCompleted => now,
            CoachingEnded => now with { Status = CoachingStatus.Ended, CoachId = null },
            _ => null,
        };
        if (next is null)
            return row;
        next = next with { Tenure = next.Tenure.After(fact) };
        if (row is not null && next == now)
            return row;
        var kind = fact is CoachingOrderEvent ? ActivityKind.Coaching : ActivityKind.Coach;
        return Told(row ?? New(fact.ParticipationId, fact.ClientId, kind, fact.ParticipationId, Day(fact.OccurredAt)), recorded) with { Coaching = next };
    }

    private static ActivityEntry New(Guid participationId, Guid clientId, ActivityKind kind, Guid id, DateOnly day) =>
        new(participationId, clientId, kind, id, day, Source: "", Events: []);

    /// <summary>Whoever sees the row must see every source that its facts come from.</summary>
    private static ActivityEntry Told(ActivityEntry row, RecordedEvent recorded)
    {
        var about = recorded.Headers as Circumstances;
        var source = new TimelineSource(about?.Owner(), Domain.Privacy.Told.By(recorded.Data.GetType()), about?.Labels ?? []).Key;
        var sources = row.Source.Split(Between, StringSplitOptions.RemoveEmptyEntries).Append(source).Distinct().Order(StringComparer.Ordinal);
        return row with { Source = string.Join(Between, sources), Events = [.. row.Events, recorded.EventId] };
    }

    /// <returns>The sources of a row's <see cref="ActivityEntry.Source"/>.</returns>
    internal static IEnumerable<TimelineSource> SourcesOf(string joined) =>
        joined.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(TimelineSource.OfKey);

    private static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}
