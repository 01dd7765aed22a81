using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Referrals;

/// <summary>The referral leaves for its receiver, for the first time or again after a failed delivery.</summary>
public sealed record SendReferral(Guid ReferralId, ReferralChannel Channel, When When, string? SentBy = null)
{
    /// <param name="policy">In force when it is sent; null when the jurisdiction has none.</param>
    public static Decision<ReferralEvent> Decide(SendReferral command, ReferralState state, PolicyInForce? policy, DateTimeOffset now) =>
        state.Phase switch
        {
            ReferralPhase.NotCreated => ReferralRejections.NotFound(command.ReferralId),
            ReferralPhase.Sent or ReferralPhase.Delivered => Decision<ReferralEvent>.AlreadyDoneIf<ReferralSent>(
                (fact, _) => command.When.Says(fact, now) && fact.Channel == command.Channel),
            ReferralPhase.Withdrawn => ReferralRejections.Withdrawn(),
            _ when command.When.Check(now) is { } rejection => rejection,
            _ when command.When.IsBefore(state.CreatedAt) => ReferralRejections.BeforePreviousStep(),
            _ when policy is null => ReferralRejections.NoPolicyInForce(),
            _ => Sent(command, state, policy).At(command.When),
        };

    /// <summary>R7: the receiver confirms within the policy's time; after its grace somebody is told.</summary>
    private static ReferralSent Sent(SendReferral command, ReferralState state, PolicyInForce policy)
    {
        var calendar = new BusinessCalendar(policy.Policy);
        var acknowledgeBy = calendar.Add(command.When.OccurredAt, policy.Policy.Referrals.AcknowledgeWithin);
        var noticeAt = calendar.Add(acknowledgeBy, policy.Policy.Referrals.AcknowledgeGrace);
        return new ReferralSent(command.Channel, acknowledgeBy, noticeAt, policy.Version)
        {
            ReferralId = command.ReferralId,
            ClientId = state.ClientId,
            DutyId = state.DutyId,
            SentBy = command.SentBy,
        };
    }
}
