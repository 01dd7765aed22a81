using System.Globalization;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.Timeliness;

/// <summary>How soon after it happened one thing was in the record.</summary>
/// <param name="AgencyId">Whose staff recorded it.</param>
/// <param name="ActorId">Who recorded it.</param>
/// <param name="Kind">Stored name of the event.</param>
/// <param name="Work">Which of the times counts for it.</param>
/// <param name="Court">The court that it is about, whose own time counts; null for none.</param>
/// <param name="OccurredAt">From when it counts as occurred: a time known to the day, at the end of that day.</param>
/// <param name="RecordedAt">By the database's clock.</param>
public sealed record TimedEntry(
    string AgencyId, string ActorId, string Kind, EntryWork Work, string? Court, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt)
{
    /// <summary>Whole seconds between; 0 where clocks differ by a moment.</summary>
    public long Seconds => Math.Max(0, (long)(RecordedAt - OccurredAt).TotalSeconds);
}

/// <summary>What kind of work an entry is about.</summary>
public enum EntryWork
{
    /// <summary>A treatment court's (R19).</summary>
    Court,

    /// <summary>Notes and contacts (R55).</summary>
    Contact,
}

/// <summary>
/// When people's work came into the record: one entry per event that somebody of an agency recorded about a court's participants or a
/// contact, never about whom. Async, because a correction changes when an earlier entry occurred.
/// </summary>
public sealed class TimelinessView(Func<Type, string> storedName) : EntryView<TimedEntry>
{
    public const string ViewName = "entry_timeliness";

    public override string Name => ViewName;

    public override int Version => 4;

    public override IReadOnlyList<ViewColumn<TimedEntry>> Columns { get; } =
    [
        ViewColumn<TimedEntry>.Text("agency_id", entry => entry.AgencyId),
        ViewColumn<TimedEntry>.Text("actor_id", entry => entry.ActorId),
        ViewColumn<TimedEntry>.Text("kind", entry => entry.Kind),
        ViewColumn<TimedEntry>.Text("work", entry => ViewText.Of(entry.Work)),
        ViewColumn<TimedEntry>.OptionalText("court", entry => entry.Court),
        ViewColumn<TimedEntry>.Instant("recorded_at", entry => entry.RecordedAt),
        ViewColumn<TimedEntry>.Number("seconds", entry => entry.Seconds),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [OfAgency];

    public override IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [["agency_id"]];

    internal static ViewOrder OfAgency { get; } = new("agency", ["agency_id"], ["recorded_at"]);

    /// <summary>A correction is no late entry; it says when what it corrects happened. What another system sent is nobody's delay.</summary>
    protected override IEnumerable<string> EntriesOf(RecordedEvent recorded) => recorded switch
    {
        { Data: ICorrection { CorrectedOccurredAt: not null } e } => [KeyOf(e.CorrectedEventId)],
        { Data: ICorrection } => [],
        { Data: DomainEvent fact, Headers: Circumstances { Agency: not null, SourceSystem: null, Role: not Role.Service } } when WorkOf(fact) is not null =>
            [KeyOf(recorded.EventId)],
        _ => [],
    };

    protected override TimedEntry? Evolve(TimedEntry? entry, string entryId, RecordedEvent recorded) => (entry, recorded.Data) switch
    {
        (_, ICorrection { CorrectedCountsFrom: { } at }) => entry is null ? null : entry with { OccurredAt = at },
        (null, DomainEvent fact) when recorded.Headers is Circumstances { Agency: { } agency } about && WorkOf(fact) is { } work =>
            new TimedEntry(agency, about.Actor, storedName(fact.GetType()), work, CourtOf(fact), fact.CountsFrom(), recorded.RecordedAt),
        _ => entry,
    };

    protected override DateTimeOffset CountsFrom(TimedEntry entry) => entry.OccurredAt;

    /// <returns>Which of the times counts for an event; null for one that is nobody's entry.</returns>
    private static EntryWork? WorkOf(DomainEvent fact) => fact switch
    {
        ParticipationEvent or DrugTestEvent or CoachingEvent or TreatmentAttendanceReported => EntryWork.Court,
        ContactMade or OutreachAttempted or SupervisionContactReported or ReferralContactAttempted or ReferralFirstContactMade => EntryWork.Contact,
        _ => null,
    };

    private static string? CourtOf(DomainEvent fact) => fact switch
    {
        ParticipationEvent e => e.Court,
        DrugTestEvent e => e.Court,
        PeerOffered e => e.Court,
        PeerAccepted e => e.Court,
        PeerDeclined e => e.Court,
        CoachingOrdered e => e.Court,
        CoachingOrderLifted e => e.Court,
        _ => null,
    };

    private static string KeyOf(Guid eventId) => eventId.ToString("D", CultureInfo.InvariantCulture);
}
