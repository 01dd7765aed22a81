using System.Diagnostics;

namespace CaseFlow.Domain.Referrals;

/// <summary>The sender's side of a referral: how far it got towards its receiver.</summary>
/// <param name="ToAgencyId">Whom it was sent to; who holds it after a redirection the receiver's side knows.</param>
/// <param name="CreatedAt">Null for a referral that does not exist.</param>
/// <param name="SentAt">When it was last sent; null before.</param>
public sealed record ReferralState(
    ReferralPhase Phase,
    Guid ClientId,
    Guid? DutyId,
    string FromAgencyId,
    string ToAgencyId,
    string Need,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? SentAt)
{
    public static readonly ReferralState Initial =
        new(ReferralPhase.NotCreated, default, DutyId: null, FromAgencyId: "", ToAgencyId: "", Need: "", CreatedAt: null, SentAt: null);

    public static ReferralState Evolve(ReferralState state, ReferralEvent fact) => fact switch
    {
        ReferralCreated e => new(
            ReferralPhase.Created, e.ClientId, e.DutyId, e.FromAgencyId, e.ToAgencyId, e.Need, e.OccurredAt, SentAt: null),
        ReferralSent e => state with { Phase = ReferralPhase.Sent, SentAt = e.OccurredAt },
        ReferralDeliveryConfirmed => state with { Phase = ReferralPhase.Delivered },
        ReferralDeliveryFailed => state with { Phase = ReferralPhase.DeliveryFailed },
        ReferralWithdrawn => state with { Phase = ReferralPhase.Withdrawn },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ReferralState)}."),
    };
}

public enum ReferralPhase
{
    NotCreated,
    Created,
    Sent,
    DeliveryFailed,
    Delivered,
    Withdrawn,
}
