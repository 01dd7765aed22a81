namespace CaseFlow.Domain.Referrals;

/// <summary>The sender takes the referral back, as long as it has not reached its receiver.</summary>
public sealed record WithdrawReferral(Guid ReferralId, WithdrawalReason Reason, When When)
{
    public static Decision<ReferralEvent> Decide(WithdrawReferral command, ReferralState state, DateTimeOffset now) => state.Phase switch
    {
        ReferralPhase.NotCreated => ReferralRejections.NotFound(command.ReferralId),
        ReferralPhase.Withdrawn => Decision<ReferralEvent>.AlreadyDoneIf<ReferralWithdrawn>((fact, _) => command.When.Says(fact, now) && fact.Reason == command.Reason),
        ReferralPhase.Delivered => ReferralRejections.AlreadyDelivered(),
        _ when command.When.Check(now) is { } rejection => rejection,
        _ when command.When.IsBefore(state.SentAt ?? state.CreatedAt) => ReferralRejections.BeforePreviousStep(),
        _ => new ReferralWithdrawn(command.Reason)
        {
            ReferralId = command.ReferralId,
            ClientId = state.ClientId,
            DutyId = state.DutyId,
        }.At(command.When),
    };
}
