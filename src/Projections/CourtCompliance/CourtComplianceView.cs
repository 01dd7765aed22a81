using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>
/// How each participation stands, from all of the court's entries or from those of its open file alone. Two views of one kind, so that what
/// is confidential moves nothing that the open file shows. Async, because a retraction changes what another entry wrote.
/// </summary>
public sealed class CourtComplianceView : HistoryView<ComplianceEntry>
{
    public const string ViewName = "court_compliance";
    public const string OpenFileName = "court_open_file";

    private readonly bool openFileOnly;

    private CourtComplianceView(string name, bool openFileOnly) => (Name, this.openFileOnly) = (name, openFileOnly);

    /// <summary>For the court's own team.</summary>
    public static CourtComplianceView Whole() => new(ViewName, openFileOnly: false);

    /// <summary>The open file, for judicial action [S:wi-recordkeeping-2011].</summary>
    public static CourtComplianceView OpenFile() => new(OpenFileName, openFileOnly: true);

    public override string Name { get; }

    public override int Version => 9;

    public override IReadOnlyList<ViewColumn<ComplianceEntry>> Columns { get; } =
    [
        ViewColumn<ComplianceEntry>.Uuid("client_id", row => row.ClientId),
        ViewColumn<ComplianceEntry>.Text("court", row => row.Court),
        ViewColumn<ComplianceEntry>.Flag("is_open", row => row.IsOpen),
        ViewColumn<ComplianceEntry>.Text("stage", row => ViewText.Of(row.Stage)),
        ViewColumn<ComplianceEntry>.OptionalText("phase", row => row.Phase),
        ViewColumn<ComplianceEntry>.OptionalDate("phase_since", row => row.PhaseStep?.On),
        ViewColumn<ComplianceEntry>.Text("settled", row => string.Join(' ', row.SettledInPhase)),
        ViewColumn<ComplianceEntry>.Flag("has_warrant", row => row.HasWarrant),
        ViewColumn<ComplianceEntry>.OptionalDate("condition_due_on", row => row.ConditionDueOn),
        ViewColumn<ComplianceEntry>.Flag("proposed", row => row.OpenProposal is not null),
        ViewColumn<ComplianceEntry>.OptionalDate("admitted_on", row => row.Admitted?.On),
        ViewColumn<ComplianceEntry>.OptionalText("officer_id", row => row.OfficerId),
        ViewColumn<ComplianceEntry>.OptionalDate("basis_ends_on", row => row.Admitted?.DueOn),
        ViewColumn<ComplianceEntry>.OptionalDate("ended_on", row => row.Ended?.On),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [OfCourt, OfClient];

    public override IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [["court"]];

    internal static ViewOrder OfCourt { get; } = new("court", ["court", "is_open"], []);

    internal static ViewOrder OfClient { get; } = new("client", ["client_id"], []);

    internal ComplianceEntry RowOf(string json) => JsonSerializer.Deserialize<ComplianceEntry>(json, Json)!;

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) =>
        recorded.Data is ParticipationEvent fact && (!openFileOnly || IsOpen(fact, recorded)) ? [fact.ParticipationId.ToString()] : [];

    protected override ComplianceEntry? Evolve(ComplianceEntry? row, RecordedEvent recorded) =>
        ComplianceEntry.Evolve(row, (ParticipationEvent)recorded.Data, recorded);

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();

    protected override EventCorrection? CorrectionIn(RecordedEvent recorded) =>
        recorded.Data is ICorrection correction ? new EventCorrection(correction.CorrectedEventId, correction.CorrectedCountsFrom) : null;

    /// <summary>Both the entry and its labels must say so: the label is what hides it elsewhere. What is retracted goes from every file.</summary>
    private static bool IsOpen(ParticipationEvent fact, RecordedEvent recorded) => fact is CourtEntryRetracted
        || IsFiledOpen(fact.File, recorded);

    internal static bool IsFiledOpen(CourtFile file, RecordedEvent recorded) =>
        file == CourtFile.Open && (recorded.Headers as Circumstances)?.Labels.Contains(Label.CourtConfidential.Code(), StringComparer.Ordinal) is not true;
}
