using System.Collections.Immutable;
using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;

namespace CaseFlow.Projections.ReferralInbox;

/// <summary>One referral as the provider that holds it sees it.</summary>
/// <param name="Message">The sender's message, a sealed token.</param>
/// <param name="AcknowledgeBy">When receipt should be confirmed (R7).</param>
public sealed record InboxEntry(
    Guid ReferralId,
    Guid ClientId,
    string ClientCode,
    string FromAgencyId,
    string HolderAgencyId,
    string Need,
    string? Message,
    InboxStatus Status,
    DateTimeOffset StatusAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? AcknowledgeBy)
{
    public ImmutableList<ContactAttempt> Attempts { get; init; } = [];

    public DateTimeOffset? FirstContactAt { get; init; }

    public ReceiverDeclineReason? DeclineReason { get; init; }

    public ReferralOutcome? Outcome { get; init; }

    /// <summary>
    /// Where it was passed on it starts anew: nothing that a provider did is told to the next one. Nor the other way round: what a new holder did before it was passed on to them, as the
    /// times that both stated go, is none of what the one before did.
    /// </summary>
    /// <returns>The entry after the event; a referral not yet sent is a draft that no inbox shows.</returns>
    public static InboxEntry? Evolve(InboxEntry? entry, DomainEvent fact) => (entry, fact) switch
    {
        (_, ReferralCreated e) => new InboxEntry(
            e.ReferralId, e.ClientId, Domain.Clients.ClientCode.Of(e.ClientId), e.FromAgencyId, e.ToAgencyId, e.Need, e.Message?.Token,
            InboxStatus.Draft, e.OccurredAt, e.OccurredAt, AcknowledgeBy: null),
        (null, _) => null,
        (_, IntakeEvent e) when e.ProviderAgencyId != entry.HolderAgencyId => entry,
        (_, ReferralSent e) => entry.Now(InboxStatus.New, e) with { ReceivedAt = e.OccurredAt, AcknowledgeBy = e.AcknowledgeBy },
        (_, ReferralWithdrawn) when entry.Status == InboxStatus.Draft => null,
        (_, ReferralWithdrawn e) => entry.Now(InboxStatus.Withdrawn, e),
        (_, ReferralAcknowledged e) => entry.Now(InboxStatus.Acknowledged, e),
        (_, ReferralAccepted e) => entry.Now(InboxStatus.Accepted, e),
        (_, ReferralDeclinedByReceiver e) => entry.Now(InboxStatus.Declined, e) with { DeclineReason = e.Reason },
        (_, ReferralRedirected e) => entry.Now(InboxStatus.New, e) with
        {
            HolderAgencyId = e.ToAgencyId,
            ReceivedAt = e.OccurredAt,
            AcknowledgeBy = null,
            Attempts = [],
            FirstContactAt = null,
            DeclineReason = null,
            Outcome = null,
        },
        (_, ReferralContactAttempted e) => entry with { Attempts = entry.Attempts.Add(new ContactAttempt(e.OccurredAt, e.Mode, e.Outcome)) },
        (_, ReferralFirstContactMade e) => entry.Now(InboxStatus.InContact, e) with { FirstContactAt = e.OccurredAt },
        (_, ReferralCouldNotContact e) => entry.Now(InboxStatus.CouldNotContact, e),
        (_, ReferralClosed e) => entry.Now(InboxStatus.Closed, e) with { Outcome = e.Outcome },
        (_, ReferralReopened e) => entry.Now(InboxStatus.Accepted, e) with { Outcome = null },
        _ => entry,
    };

    private InboxEntry Now(InboxStatus status, DomainEvent fact) => this with { Status = status, StatusAt = fact.OccurredAt };
}

public enum InboxStatus
{
    Draft,
    New,
    Acknowledged,
    Accepted,
    Declined,
    InContact,
    CouldNotContact,
    Closed,
    Withdrawn,
}
