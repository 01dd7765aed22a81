using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.ReferralCompliance;

/// <summary>
/// The duty queue, per agent, office and jurisdiction. Async, because it joins the duty with the sender's side of the
/// referral and with notices. It never reads the receiver's side.
/// </summary>
public sealed class ReferralComplianceView : HistoryView<DutyEntry>
{
    public const string ViewName = "referral_compliance";

    public override string Name => ViewName;

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<DutyEntry>> Columns { get; } =
    [
        ViewColumn<DutyEntry>.Uuid("client_id", entry => entry.ClientId),
        ViewColumn<DutyEntry>.Text("agent_id", entry => entry.AgentId),
        ViewColumn<DutyEntry>.Texts("previous_agent_ids", entry => entry.PreviousAgentIds),
        ViewColumn<DutyEntry>.Text("agency_id", entry => entry.AgencyId),
        ViewColumn<DutyEntry>.Text("office_id", entry => entry.OfficeId),
        ViewColumn<DutyEntry>.Text("phase", entry => ViewText.Of(entry.Phase)),
        ViewColumn<DutyEntry>.OptionalText("path", entry => entry.Path is { } path ? ViewText.Of(path) : null),
        ViewColumn<DutyEntry>.Instant("due_at", entry => entry.DueAt),
        ViewColumn<DutyEntry>.Instant("remind_at", entry => entry.RemindAt),
        ViewColumn<DutyEntry>.Flag("met_in_time", entry => entry.InTime == true),
        ViewColumn<DutyEntry>.Flag("sent", entry => entry.Referral?.Step == ReferralStep.Sent),
        ViewColumn<DutyEntry>.Flag("attested", entry => entry.Attestation is not null),
        ViewColumn<DutyEntry>.Flag("verified", entry => entry.Verification is not null),
        ViewColumn<DutyEntry>.Flag("returned", entry => entry.Return is not null),
        ViewColumn<DutyEntry>.Flag("merged", entry => entry.Overdoses.Count > 1),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } =
    [
        OfClient,
        OfAgent,
        OfOffice,
        OfOfficeInPhase,
        All,
        InPhase,
        Returned,
        Merged,
    ];

    internal static ViewOrder OfClient { get; } = new("client", ["client_id"], ["due_at"]);

    internal static ViewOrder OfAgent { get; } = new("agent", ["agent_id"], ["due_at"]);

    internal static ViewOrder OfOffice { get; } = new("office", ["office_id"], ["due_at"]);

    internal static ViewOrder OfOfficeInPhase { get; } = new("office_phase", ["office_id", "phase"], ["due_at"]);

    internal static ViewOrder All { get; } = new("all", [], ["due_at"]);

    internal static ViewOrder InPhase { get; } = new("phase", ["phase"], ["due_at"]);

    internal static ViewOrder Returned { get; } = new("returned", [], ["due_at"]) { Only = "returned" };

    internal static ViewOrder Merged { get; } = new("merged", [], ["due_at"]) { Only = "merged" };

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) =>
        DutyIdOf(recorded.Data) is { } dutyId ? [dutyId.ToString()] : [];

    protected override DutyEntry? Evolve(DutyEntry? row, RecordedEvent recorded) => DutyEntry.Evolve(row, (DomainEvent)recorded.Data);

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();

    protected override bool MovesTimes(RecordedEvent recorded) => DutyTimes.Moves(recorded);

    protected override IReadOnlyList<DateTimeOffset> CountsFrom(IReadOnlyList<RecordedEvent> history) => DutyTimes.CountsFrom(history);

    private static Guid? DutyIdOf(object fact) => fact switch
    {
        ReferralDutyTriggered e => e.DutyId,
        OverdoseMergedIntoDuty e => e.DutyId,
        AgentKnowledgeCorrected e => e.DutyId,
        ReferralDutyDueMoved e => e.DutyId,
        ReferralDutyRejudged e => e.DutyId,
        ReferralDutyReassigned e => e.DutyId,
        ClientNotInterestedRecorded e => e.DutyId,
        ReferralDutyExemptionRecorded e => e.DutyId,
        ReferralDutyImpossibilityRecorded e => e.DutyId,
        ReferralDutyDischarged e => e.DutyId,
        ReferralDutyClosedUnsupervised e => e.DutyId,
        ReferralAttestationGiven e => e.DutyId,
        AgentSupervisorVerified e => e.DutyId,
        ReferralDutyReturned e => e.DutyId,
        ReferralEvent e => e.DutyId,
        NoticeEvent e => e.DutyId,
        _ => null,
    };
}
