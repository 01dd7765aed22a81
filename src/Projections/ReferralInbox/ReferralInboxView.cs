using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.ReferralInbox;

/// <summary>What was referred to a provider. Async, because it joins the sender's side and the receiver's.</summary>
public sealed class ReferralInboxView : HistoryView<InboxEntry>
{
    public const string ViewName = "referral_inbox";

    public override string Name => ViewName;

    public override int Version => 2;

    public override IReadOnlyList<ViewColumn<InboxEntry>> Columns { get; } =
    [
        // A draft is in nobody's inbox, so nothing about it shows, not even that something changed.
        ViewColumn<InboxEntry>.OptionalText("agency_id", entry => entry.Status == InboxStatus.Draft ? null : entry.HolderAgencyId),
        ViewColumn<InboxEntry>.Uuid("client_id", entry => entry.ClientId),
        ViewColumn<InboxEntry>.Text("status", entry => ViewText.Of(entry.Status)),
        ViewColumn<InboxEntry>.Instant("received_at", entry => entry.ReceivedAt),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } =
    [
        OfAgency,
        OfAgencyWithStatus,
        OfClient,
    ];

    public override IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [["agency_id"]];

    internal static ViewOrder OfAgency { get; } = new("agency", ["agency_id"], ["received_at"]);

    internal static ViewOrder OfAgencyWithStatus { get; } = new("agency_status", ["agency_id", "status"], ["received_at"]);

    internal static ViewOrder OfClient { get; } = new("client", ["client_id"], ["received_at"]);

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => recorded.Data switch
    {
        ReferralEvent e => [e.ReferralId.ToString()],
        IntakeEvent e => [e.ReferralId.ToString()],
        _ => [],
    };

    protected override InboxEntry? Evolve(InboxEntry? row, RecordedEvent recorded) => InboxEntry.Evolve(row, (DomainEvent)recorded.Data);

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();
}
