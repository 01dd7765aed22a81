using System.Globalization;
using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.Timeline;

/// <summary>
/// A client's timeline: one entry per touchpoint. Async, because a correction and a later identification change an entry
/// that another event wrote.
/// </summary>
public sealed class TimelineView(Func<Type, string> storedName) : EntryView<TimelineEntry>
{
    public const string ViewName = "timeline";

    /// <summary>The kind of the report of an overdose, whose entry is of its own making.</summary>
    public const string ReportName = "overdose_reported";
    private const string KnowingName = "overdose_known_to_agent";

    public override string Name => ViewName;

    public override int Version => 11;

    /// <summary>Rows of before know no authors of private notes, or of what a correction kept private: these see their notes once the rows are made anew, and nobody else sees
    /// anything else meanwhile.</summary>
    public override int ReadableSince => 8;

    public override IReadOnlyList<ViewColumn<TimelineEntry>> Columns { get; } =
    [
        ViewColumn<TimelineEntry>.OptionalUuid("client_id", entry => entry.ClientId),
        ViewColumn<TimelineEntry>.OptionalText("agency_id", entry => entry.SourceAgency),
        ViewColumn<TimelineEntry>.Text("source", entry => entry.Source().Key),
        ViewColumn<TimelineEntry>.Flag("relabelled", entry => entry.LabelCorrection is not null),
        ViewColumn<TimelineEntry>.Flag("marked", entry => entry.IsMarked),
        ViewColumn<TimelineEntry>.OptionalNumber("intercept", entry => entry.Intercept),
        ViewColumn<TimelineEntry>.Text("kind", entry => entry.Kind),
        ViewColumn<TimelineEntry>.Number("log_position", entry => entry.LogPosition),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } =
    [
        OfClient,
        OfClientAndAgency,
        Marked,
    ];

    public override IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [];

    internal static ViewOrder OfClient { get; } = new("client", ["client_id"], ["occ_from", "log_position"]);

    internal static ViewOrder OfClientAndAgency { get; } = new("client_agency", ["client_id", "agency_id"], ["occ_from", "log_position"]);

    /// <summary>What stands beside entries is asked wherever one is shown by itself, and mostly there is nothing.</summary>
    internal static ViewOrder Marked { get; } = new("marked", ["client_id"], []) { Only = "marked" };

    /// <summary>Of several records of one person: sorted, not walked, so it has no index of its own.</summary>
    internal static ViewOrder OfPerson { get; } = new("person", [], ["occ_from", "log_position"]);

    internal TimelineEntry RowOf(string json) => JsonSerializer.Deserialize<TimelineEntry>(json, Json)!;

    protected override IEnumerable<string> EntriesOf(RecordedEvent recorded) => recorded.Data switch
    {
        NoticeEvent or ConsentNoticeEvent => [],
        AmendmentAccepted { Beside: { } beside } => [BesideOf(beside, recorded)],
        DisagreementStated { Beside: { } beside } => [BesideOf(beside, recorded)],
        // Who was told is in the accounting: a read must not move the timeline of those who did not read.
        DisclosureEvent or EmergencyAccessEvent or RecordRightsEvent or BreachEvent => [],
        // Who watches over erasures asks for them; that a class was erased must not tell that there was one.
        ErasureEvent => [],
        // That records were merged is no touchpoint; who knows of both records asks for it.
        IdentityMistakeDeclared e => [.. e.Entries.Select(entry => KeyOf(entry, e.ClientId)), .. e.Mark is null ? (string[])[] : [MarkOf(e.MistakeId)]],
        IdentityMistakeUndone e => [.. e.Entries.Select(entry => KeyOf(entry, e.ClientId)), .. IsMarked(e) ? (string[])[MarkOf(e.MistakeId)] : []],
        IdentityEvent => [],
        OverdoseReported e => [ReportOf(e.OverdoseId)],
        OverdosePersonIdentified e => [ReportOf(e.OverdoseId), Own(recorded)],
        OverdoseReportCorrected e => [ReportOf(e.OverdoseId), Own(recorded)],
        OverdoseKnownToAgent e => [KnowingOf(e.ClientId, e.OverdoseId)],
        AgentKnowledgeCorrected e => [KnowingOf(e.ClientId, e.OverdoseId), Own(recorded)],
        CourtEntryRetracted or DrugTestCorrected or ICoachingCorrection or TreatmentAttendanceCorrected =>
            [Of(((ICorrection)recorded.Data).CorrectedEventId), Own(recorded)],
        EventLabelsCorrected e => [EntryOf(e), Own(recorded)],
        IClientEvent => [Own(recorded)],
        _ => [],
    };

    protected override TimelineEntry? Evolve(TimelineEntry? entry, string entryId, RecordedEvent recorded) => (entry, recorded.Data) switch
    {
        (not null, OverdosePersonIdentified e) when entryId == ReportOf(e.OverdoseId) => entry with { ClientId = e.ClientId },
        (not null, OverdoseReportCorrected e) when entryId == ReportOf(e.OverdoseId) =>
            Corrected(entry, recorded, Summaries.Of(e.Details), e.CorrectedOccurredAt, e.Reason.Token),
        (not null, AgentKnowledgeCorrected e) when entryId == KnowingOf(e.ClientId, e.OverdoseId) =>
            Corrected(entry, recorded, entry.Summary, e.CorrectedKnownAt, e.Reason.Token) with { KnownAt = e.CorrectedKnownAt },
        (not null, CourtEntryRetracted e) when entryId == Of(e.CorrectedEventId) =>
            Corrected(entry, recorded, $"Retracted: {entry.Summary}", null, e.Words?.Token),
        (not null, DrugTestCorrected e) when entryId == Of(e.CorrectedEventId) =>
            Corrected(entry, recorded, CareSummaries.Of(e), e.CorrectedOccurredAt, e.Reason.Token) is var right && e.CorrectedOccurredAt is null
                ? right
                // When it was put right is another time than the right one.
                : right with { OccurredPrecision = e.CorrectedOccurredUntil is null ? TimePrecision.Exact : TimePrecision.Day, OccurredUntil = e.CorrectedOccurredUntil },
        (not null, ICoachingCorrection e) when entryId == Of(e.CorrectedEventId) =>
            Corrected(entry, recorded, CareSummaries.Right(e) ?? $"Retracted: {entry.Summary}", e.CorrectedOccurredAt, e.Reason.Token),
        (not null, TreatmentAttendanceCorrected e) when entryId == Of(e.CorrectedEventId) =>
            Corrected(entry, recorded, e.Count is null ? $"Retracted: {entry.Summary}" : CareSummaries.Of(e), null, e.Reason.Token),
        (_, EventLabelsCorrected e) when entryId == EntryOf(e) => entry is null ? null : Relabelled(entry, recorded, e),
        (_, AmendmentAccepted { Beside.Entry: not null } e) => entry is null ? null : Amended(entry, recorded, e, RightsOutcome.Accepted, null, e.Text),
        (_, DisagreementStated { Beside.Entry: not null } e) => entry is null ? null : Amended(entry, recorded, e, RightsOutcome.Denied, e.Ground, e.Statement),
        (_, IdentityMistakeDeclared e) when entryId == MarkOf(e.MistakeId) => MarkOf(e, recorded),
        (not null, IdentityMistakeDeclared e) => e.Entries.First(one => KeyOf(one, e.ClientId) == entryId).Stays
            ? entry with { Mistaken = new EntryMistake(recorded.EventId, e.OccurredAt) }
            : entry with { ClientId = e.RightClientId, RecordedOn = e.ClientId },
        // Whoever was recognised meanwhile as somebody whom nobody knew stays that person.
        (not null, IdentityMistakeUndone e) when entryId != MarkOf(e.MistakeId) =>
            entry with { ClientId = entry.RecordedOn is not null && entry.ClientId == e.RightClientId ? e.ClientId : entry.ClientId, RecordedOn = null, Mistaken = null },
        (_, IdentityMistakeDeclared or IdentityMistakeUndone) => null,
        (null, _) => New(recorded),
        _ => entry,
    };

    protected override DateTimeOffset CountsFrom(TimelineEntry entry) => entry.CountsFrom();

    /// <summary>The report of an overdose and an agent's knowing have entries of their own making; every other event's is its own.</summary>
    private static string EntryOf(EventLabelsCorrected e) => (e.CorrectedKind, e.OverdoseId) switch
    {
        (ReportName, { } overdoseId) => ReportOf(overdoseId),
        (KnowingName, { } overdoseId) => KnowingOf(e.ClientId, overdoseId),
        _ => Of(e.CorrectedEventId),
    };

    /// <summary>What is about the record as a whole is an entry of its own, of the agency whose record it is.</summary>
    private static string BesideOf(AmendedRecord beside, RecordedEvent recorded) => beside.Entry switch
    {
        null => Own(recorded),
        { Kind: ReportName, OverdoseId: { } overdoseId } => ReportOf(overdoseId),
        { Kind: KnowingName, OverdoseId: { } overdoseId } entry => KnowingOf(entry.RecordedOn, overdoseId),
        var entry => Of(entry.EventId),
    };

    /// <returns>The key of an entry that a mistake speaks of.</returns>
    /// <param name="entry">The entry.</param>
    /// <param name="recordedOn">On whom it was recorded.</param>
    public static string KeyOf(MistakenEntry entry, Guid recordedOn) => entry switch
    {
        { Kind: ReportName, OverdoseId: { } overdoseId } => ReportOf(overdoseId),
        { Kind: KnowingName, OverdoseId: { } overdoseId } => KnowingOf(recordedOn, overdoseId),
        _ => Of(entry.EventId),
    };

    /// <summary>The right person's record says that there are entries on another one.</summary>
    private static string MarkOf(Guid mistakeId) => $"mistake/{mistakeId}";

    private static bool IsMarked(IdentityMistakeUndone e) => e.RightClientId is not null && e.Entries.Any(entry => entry.Stays);

    private static string ReportOf(Guid overdoseId) => $"overdose/{overdoseId}";

    private static string KnowingOf(Guid clientId, Guid overdoseId) => $"known/{clientId}/{overdoseId}";

    private static string Own(RecordedEvent recorded) => Of(recorded.EventId);

    private static string Of(Guid eventId) => eventId.ToString("D", CultureInfo.InvariantCulture);

    private TimelineEntry New(RecordedEvent recorded)
    {
        var fact = (DomainEvent)recorded.Data;
        var circumstances = recorded.Headers as Circumstances;
        return new TimelineEntry(
            recorded.EventId,
            ((IClientEvent)fact).ClientId,
            storedName(fact.GetType()),
            circumstances?.Intercept,
            circumstances?.AlsoRelevantTo ?? [],
            circumstances?.RecordOf ?? circumstances?.Agency,
            circumstances?.Role,
            circumstances?.SourceSystem,
            fact.OccurredAt,
            fact.OccurredPrecision,
            fact.OccurredUntil,
            fact.KnownAt,
            recorded.RecordedAt,
            Summaries.Of(fact))
        {
            LogPosition = recorded.Position!.Value,
            Labels = circumstances?.Labels ?? [],
            Author = PrivateNotes.AuthorOf(fact, circumstances, circumstances?.Labels),
            Recorder = PrivateNotes.CanBe(fact.GetType(), circumstances?.Role) ? circumstances?.Actor : null,
            Information = Told.By(fact.GetType()),
            OverdoseId = fact switch
            {
                OverdoseReported e => e.OverdoseId,
                OverdoseKnownToAgent e => e.OverdoseId,
                _ => null,
            },
        };
    }

    private TimelineEntry MarkOf(IdentityMistakeDeclared e, RecordedEvent recorded) => New(recorded) with
    {
        ClientId = e.RightClientId,
        SourceAgency = e.Mark!.AgencyId,
        Labels = e.Mark.Labels,
        Summary = Summaries.OnAnotherRecord(e.Entries.Where(entry => entry.Stays)),
    };

    private static TimelineEntry Amended(
        TimelineEntry entry, RecordedEvent recorded, RecordRightsEvent fact, RightsOutcome outcome, AmendmentDenial? ground, Sealed<string> words) => entry with
        {
            Amendments = [.. entry.Amendments, new EntryAmendment(recorded.EventId, fact.RequestId, outcome, ground, fact.OccurredAt, words.Token)],
        };

    private static TimelineEntry Relabelled(TimelineEntry entry, RecordedEvent recorded, EventLabelsCorrected e) => entry with
    {
        Labels = e.Labels,
        Author = PrivateNotes.IsPrivate(e.Labels) ? entry.Author ?? entry.Recorder : entry.Author,
        LabelCorrection = new LabelCorrection(
            recorded.EventId, recorded.RecordedAt, (recorded.Headers as Circumstances)?.Actor, e.Reason.Token, entry.Labels),
    };

    private static TimelineEntry Corrected(
        TimelineEntry entry, RecordedEvent recorded, string summary, DateTimeOffset? occurredAt, string? reason)
    {
        var fact = (DomainEvent)recorded.Data;
        // What was found stays when its time is put right, and the right time when what was found is.
        var (found, time) = fact switch
        {
            DrugTestCorrected { CorrectedOccurredAt: not null, Corrects: not TestStatement.Ordered } => (entry.WithoutTime(), summary),
            DrugTestCorrected => (summary, entry.RightTime),
            _ => (summary, null),
        };
        return entry with
        {
            Summary = time is null ? found : TimelineEntry.Beside(found, time),
            RightTime = time,
            OccurredAt = occurredAt ?? entry.OccurredAt,
            OccurredPrecision = occurredAt is null ? entry.OccurredPrecision : fact.OccurredPrecision,
            OccurredUntil = occurredAt is null ? entry.OccurredUntil : fact.OccurredUntil,
            Correction = new TimelineCorrection(
                recorded.EventId, recorded.RecordedAt, (recorded.Headers as Circumstances)?.Actor, reason, entry.Summary, entry.OccurredAt),
        };
    }
}
