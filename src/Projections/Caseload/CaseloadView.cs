using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.Caseload;

/// <summary>Who is on whose caseload. Async, because it joins supervision, duties and contacts.</summary>
public sealed class CaseloadView : HistoryView<CaseloadEntry>
{
    public const string ViewName = "caseload";

    public override string Name => ViewName;

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<CaseloadEntry>> Columns { get; } =
    [
        ViewColumn<CaseloadEntry>.OptionalText("agent_id", entry => entry.AgentId),
        ViewColumn<CaseloadEntry>.Text("agency_id", entry => entry.AgencyId),
        ViewColumn<CaseloadEntry>.Text("office_id", entry => entry.OfficeId),
        ViewColumn<CaseloadEntry>.Number("open_duties", entry => entry.OpenDuties.Count),
        ViewColumn<CaseloadEntry>.Instant("next_due_at", entry => entry.NextDueAt ?? DateTimeOffset.MaxValue),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } =
    [
        OfAgent,
        OfOffice,
    ];

    internal static ViewOrder OfAgent { get; } = new("agent", ["agent_id"], ["next_due_at"]);

    internal static ViewOrder OfOffice { get; } = new("office", ["office_id"], ["next_due_at"]);

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => recorded.Data switch
    {
        SupervisionEvent e => [e.ClientId.ToString()],
        DutyEvent and not OverdoseKnownToAgent and not ReferralDutyNotOwed => [((DutyEvent)recorded.Data).ClientId.ToString()],
        SupervisionContactReported e => [e.ClientId.ToString()],
        ContactMade e => [e.ClientId.ToString()],
        _ => [],
    };

    protected override CaseloadEntry? Evolve(CaseloadEntry? row, RecordedEvent recorded) =>
        CaseloadEntry.Evolve(row, (DomainEvent)recorded.Data, recorded.Headers as Circumstances);

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();

    protected override bool MovesTimes(RecordedEvent recorded) => DutyTimes.Moves(recorded);

    protected override IReadOnlyList<DateTimeOffset> CountsFrom(IReadOnlyList<RecordedEvent> history) => DutyTimes.CountsFrom(history);
}
