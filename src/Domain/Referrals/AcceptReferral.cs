namespace CaseFlow.Domain.Referrals;

/// <summary>The receiver takes the client on; this implies having received the referral.</summary>
public sealed record AcceptReferral(Guid ReferralId, string ProviderAgencyId, string AcceptedBy, When When)
{
    public static Decision<IntakeEvent> Decide(AcceptReferral command, IntakeState state, ReferralState referral, DateTimeOffset now)
    {
        if (Receiving.CheckHolder(command.ReferralId, command.ProviderAgencyId, referral, state) is { } rejection)
            return rejection;

        return state.Phase switch
        {
            IntakePhase.Accepted => Decision<IntakeEvent>.AlreadyDoneIf<ReferralAccepted>(fact => fact.ProviderAgencyId == command.ProviderAgencyId, (fact, _) => command.When.Says(fact, now)),
            IntakePhase.Declined => IntakeRejections.Declined(),
            IntakePhase.Closed => IntakeRejections.Closed(),
            _ when command.When.Check(now) is { } wrongTime => wrongTime,
            _ => Receiving.Answered(Accepted(command, referral), command.AcceptedBy, state, command.When),
        };
    }

    private static ReferralAccepted Accepted(AcceptReferral command, ReferralState referral) => new(command.AcceptedBy)
    {
        ReferralId = command.ReferralId,
        ClientId = referral.ClientId,
        ProviderAgencyId = command.ProviderAgencyId,
    };
}
