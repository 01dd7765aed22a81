namespace CaseFlow.Domain.Referrals;

/// <summary>What came of the referral in the end.</summary>
public sealed record CloseReferral(Guid ReferralId, string ProviderAgencyId, ReferralOutcome Outcome, When When)
{
    public static Decision<IntakeEvent> Decide(CloseReferral command, IntakeState state, ReferralState referral, DateTimeOffset now)
    {
        if (Receiving.CheckHolder(command.ReferralId, command.ProviderAgencyId, referral, state) is { } rejection)
            return rejection;

        return state switch
        {
            { Phase: IntakePhase.Closed } when state.Outcome == command.Outcome =>
                Decision<IntakeEvent>.AlreadyDoneIf<ReferralClosed>(fact => fact.ProviderAgencyId == command.ProviderAgencyId, (fact, _) => command.When.Says(fact, now) && fact.Outcome == command.Outcome),
            { Phase: IntakePhase.Closed } => IntakeRejections.Closed(),
            { Phase: IntakePhase.Waiting or IntakePhase.Acknowledged } => IntakeRejections.NotAnswered(),
            { FirstContactMade: false } when command.Outcome == ReferralOutcome.GotHelp => IntakeRejections.NoContactMade(),
            { CouldNotContact: false } when command.Outcome == ReferralOutcome.CouldNotContact =>
                IntakeRejections.UnreachabilityNotRecorded(),
            _ when command.When.Check(now) is { } wrongTime => wrongTime,
            _ => new ReferralClosed(command.Outcome)
            {
                ReferralId = command.ReferralId,
                ClientId = referral.ClientId,
                ProviderAgencyId = command.ProviderAgencyId,
            }.At(command.When),
        };
    }
}
