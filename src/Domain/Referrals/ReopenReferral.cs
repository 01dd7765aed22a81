namespace CaseFlow.Domain.Referrals;

/// <summary>A declined or closed referral is taken up again; earlier attempts no longer count as evidence (R9).</summary>
public sealed record ReopenReferral(Guid ReferralId, string ProviderAgencyId, Sealed<string> Reason, When When)
{
    public static Decision<IntakeEvent> Decide(ReopenReferral command, IntakeState state, ReferralState referral, DateTimeOffset now)
    {
        if (Receiving.CheckHolder(command.ReferralId, command.ProviderAgencyId, referral, state) is { } rejection)
            return rejection;
        if (state.Phase is not (IntakePhase.Closed or IntakePhase.Declined))
            return state.WasReopened ? Decision<IntakeEvent>.AlreadyDoneIf<ReferralReopened>(fact => fact.ProviderAgencyId == command.ProviderAgencyId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason)) : IntakeRejections.NotClosed();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;

        return new ReferralReopened(command.Reason)
        {
            ReferralId = command.ReferralId,
            ClientId = referral.ClientId,
            ProviderAgencyId = command.ProviderAgencyId,
        }.At(command.When);
    }
}
