using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Projections.CourtActivity;

/// <summary>
/// What a participant's tests, sessions, coachings, responses and payments came to, one row each, so that a measure over all of them is a look along one index and
/// a correction changes one small row. Async, because results, excuses and corrections change what another event wrote.
/// </summary>
public sealed class CourtActivityView : HistoryView<ActivityEntry>
{
    public const string ViewName = "court_activity";

    public override string Name => ViewName;

    public override int Version => 16;

    public override IReadOnlyList<ViewColumn<ActivityEntry>> Columns { get; } =
    [
        ViewColumn<ActivityEntry>.Uuid("participation_id", row => row.ParticipationId),
        ViewColumn<ActivityEntry>.Text("kind", row => ViewText.Of(row.Kind)),
        ViewColumn<ActivityEntry>.Date("day", row => row.Day),
        ViewColumn<ActivityEntry>.OptionalInstant("starts_at", row => row.Session?.Session.StartsAt),
        ViewColumn<ActivityEntry>.Text("state", row => row.State),
        ViewColumn<ActivityEntry>.Text("step", row => row.Step),
        ViewColumn<ActivityEntry>.Number("amount", row => row.Amount),
        ViewColumn<ActivityEntry>.Flag("noted", row => row.IsNoted),
        ViewColumn<ActivityEntry>.Text("source", row => row.Source),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [OfParticipation];

    /// <summary>A participant's rows are few enough to be looked through.</summary>
    public override IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [];

    /// <summary>
    /// All that measures take of the hundreds of which a word and a number say enough, so that they are read from the index alone; those of which
    /// there is more to say stand apart. With the source, the last changes are found there too.
    /// </summary>
    internal static ViewOrder OfParticipation { get; } = new("participation", ["participation_id"], ["noted", "kind", "day", "source"])
    {
        Holding = ["state", "step", "amount", "starts_at"],
    };

    internal ActivityEntry RowOf(string json) => JsonSerializer.Deserialize<ActivityEntry>(json, Json)!;

    /// <summary>Ids of tests, sessions and entries are one participation's own: a group's session is a row of each who was there.</summary>
    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => recorded.Data switch
    {
        DrugTestEvent e => [$"test/{e.ParticipationId}/{e.TestId}"],
        CoachingSessionScheduled e => [$"session/{e.ParticipationId}/{e.SessionId}"],
        CoachingSessionRescheduled e => [$"session/{e.ParticipationId}/{e.SessionId}"],
        CoachingSessionHeld e => [$"session/{e.ParticipationId}/{e.SessionId}"],
        CoachingSessionMissed e => [$"session/{e.ParticipationId}/{e.SessionId}"],
        CoachingSessionExcused e => [$"session/{e.ParticipationId}/{e.SessionId}"],
        CoachingSessionCorrected e => [$"session/{e.ParticipationId}/{e.SessionId}"],
        TreatmentAttendanceEvent e => [$"treatment/{e.ParticipationId}/{OwnerOf(recorded)}/{e.ReportId}"],
        CoachingOrderEvent e => [$"coaching/{e.ParticipationId}"],
        CoachingEvent e => [$"coach/{e.ParticipationId}/{OwnerOf(recorded)}"],
        CourtEntryRetracted e => [$"entry/{e.ParticipationId}/{e.RetractedEntryId}"],
        ParticipationEvent e when FileEntry.Of(e, recorded) is { } entry && entry.Kind.IsResponse() => [$"entry/{e.ParticipationId}/{e.EntryId}"],
        _ => [],
    };

    protected override ActivityEntry? Evolve(ActivityEntry? row, RecordedEvent recorded) => ActivityFold.Evolve(row, recorded);

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();

    protected override EventCorrection? CorrectionIn(RecordedEvent recorded) =>
        recorded.Data is ICorrection correction ? new EventCorrection(correction.CorrectedEventId, correction.CorrectedCountsFrom) : null;

    /// <summary>Each provider tells of its own coach: what one does neither ends nor hides what another began.</summary>
    private static string? OwnerOf(RecordedEvent recorded) => (recorded.Headers as Circumstances)?.Owner();
}
