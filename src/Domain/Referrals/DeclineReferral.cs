namespace CaseFlow.Domain.Referrals;

/// <summary>The receiver cannot take the client on; this implies having received the referral.</summary>
public sealed record DeclineReferral(
    Guid ReferralId, string ProviderAgencyId, string DeclinedBy, ReceiverDeclineReason Reason, When When)
{
    public static Decision<IntakeEvent> Decide(DeclineReferral command, IntakeState state, ReferralState referral, DateTimeOffset now)
    {
        if (Receiving.CheckHolder(command.ReferralId, command.ProviderAgencyId, referral, state) is { } rejection)
            return rejection;

        return state.Phase switch
        {
            IntakePhase.Declined => Decision<IntakeEvent>.AlreadyDoneIf<ReferralDeclinedByReceiver>(fact => fact.ProviderAgencyId == command.ProviderAgencyId, (fact, _) => command.When.Says(fact, now) && fact.Reason == command.Reason),
            IntakePhase.Accepted => IntakeRejections.AlreadyAccepted(),
            IntakePhase.Closed => IntakeRejections.Closed(),
            _ when command.When.Check(now) is { } wrongTime => wrongTime,
            _ => Receiving.Answered(Declined(command, referral), command.DeclinedBy, state, command.When),
        };
    }

    private static ReferralDeclinedByReceiver Declined(DeclineReferral command, ReferralState referral) => new(command.Reason)
    {
        ReferralId = command.ReferralId,
        ClientId = referral.ClientId,
        ProviderAgencyId = command.ProviderAgencyId,
    };
}
