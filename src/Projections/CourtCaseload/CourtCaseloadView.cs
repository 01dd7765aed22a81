using System.Globalization;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.CourtCaseload;

/// <summary>
/// What moves a participant up or down a court's caseload from week to week: the hearings to come and the tests that were not as they should
/// be. Only the court's own records are in it, so that nothing another agency holds moves an order or a count. Async, because it joins the
/// court's entries and the drug tests.
/// </summary>
public sealed class CourtCaseloadView : HistoryView<AgendaEntry>
{
    public const string ViewName = "court_caseload";

    public override string Name => ViewName;

    public override int Version => 12;

    public override IReadOnlyList<ViewColumn<AgendaEntry>> Columns { get; } =
    [
        ViewColumn<AgendaEntry>.Text("court", row => row.Court),
        ViewColumn<AgendaEntry>.Flag("is_open", row => row.IsOpen),
        ViewColumn<AgendaEntry>.Instant("hearing_at", row => row.OpenHearings.Select(at => (DateTimeOffset?)at).FirstOrDefault() ?? DateTimeOffset.MaxValue),
        ViewColumn<AgendaEntry>.Text("open_hearings", row => HearingTimes.Written(row.OpenHearings)),
        ViewColumn<AgendaEntry>.Text("window_ends", row => HearingTimes.Written(row.WindowEnds)),
        ViewColumn<AgendaEntry>.Text("results_awaited", row => string.Join(' ', row.ResultsAwaited.Select(HearingTimes.Written))),
        ViewColumn<AgendaEntry>.OptionalDate("last_held_on", row => row.LastHeldOn),
        ViewColumn<AgendaEntry>.OptionalDate("last_positive_on", row => row.LastOn(TestStanding.Positive)),
        ViewColumn<AgendaEntry>.OptionalDate("last_non_compliance_on", row => row.LastOn(TestStanding.NonCompliance)),
        ViewColumn<AgendaEntry>.Text("positives_known", row => HearingTimes.Written(row.KnownOf(TestStanding.Positive))),
        ViewColumn<AgendaEntry>.Text("non_compliances_known", row => HearingTimes.Written(row.KnownOf(TestStanding.NonCompliance))),
        ViewColumn<AgendaEntry>.OptionalDate("drawn_from", row => row.DrawnFrom),
        ViewColumn<AgendaEntry>.OptionalDate("first_negative_on", row => row.FirstNegativeOn),
        ViewColumn<AgendaEntry>.OptionalDate("last_negative_on", row => row.LastOn(TestStanding.Negative)),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [OfCourt];

    public override IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [["court"]];

    internal static ViewOrder OfCourt { get; } = new("court", ["court", "is_open"], ["hearing_at"]);

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => recorded.Data switch
    {
        ParticipationEvent e => [Key(e.ParticipationId)],
        DrugTestEvent e => [Key(e.ParticipationId)],
        TestingRosterEvent e => [Key(e.ParticipationId)],
        _ => [],
    };

    protected override AgendaEntry? Evolve(AgendaEntry? row, RecordedEvent recorded) => Evolve(row, recorded, AgendaMemory.OfARow);

    protected override bool MovesTimes(RecordedEvent recorded) => base.MovesTimes(recorded) || AgendaMemory.MovesSettled(recorded);

    protected override (Func<AgendaEntry?, RecordedEvent, AgendaEntry?> Evolve, Func<AgendaEntry, AgendaEntry> Keep) Folding(IReadOnlyList<RecordedEvent> history)
    {
        var memory = AgendaMemory.Of(history);
        return ((row, recorded) => Evolve(row, recorded, memory), row => row.Keeping(AgendaMemory.OfARow) with { Hearings = AgendaMemory.OfARow.Kept(row.Hearings) });
    }

    private static AgendaEntry? Evolve(AgendaEntry? row, RecordedEvent recorded, AgendaMemory memory) => recorded.Data switch
    {
        ParticipationEvent e => AgendaEntry.Evolve(row, e, recorded, memory),
        DrugTestEvent e when row is not null && OwnerOf(recorded) == row.AgencyId => row.WithTest(e, recorded, memory),
        TestingRosterEvent e => row?.WithDraws(e),
        _ => row,
    };

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();

    protected override EventCorrection? CorrectionIn(RecordedEvent recorded) =>
        recorded.Data is ICorrection correction ? new EventCorrection(correction.CorrectedEventId, correction.CorrectedCountsFrom) : null;

    private static string? OwnerOf(RecordedEvent recorded) => (recorded.Headers as Circumstances)?.Owner();

    private static string Key(Guid participationId) => participationId.ToString("D", CultureInfo.InvariantCulture);
}
