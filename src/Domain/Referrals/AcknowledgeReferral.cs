namespace CaseFlow.Domain.Referrals;

/// <summary>The receiver confirms that the referral arrived (R7).</summary>
public sealed record AcknowledgeReferral(Guid ReferralId, string ProviderAgencyId, string AcknowledgedBy, When When)
{
    public static Decision<IntakeEvent> Decide(AcknowledgeReferral command, IntakeState state, ReferralState referral, DateTimeOffset now)
    {
        if (Receiving.CheckHolder(command.ReferralId, command.ProviderAgencyId, referral, state) is { } rejection)
            return rejection;
        if (state.Phase == IntakePhase.Acknowledged)
            return Decision<IntakeEvent>.AlreadyDoneIf<ReferralAcknowledged>(fact => fact.ProviderAgencyId == command.ProviderAgencyId, (fact, _) => command.When.Says(fact, now));
        // Whoever answered has received it: that it arrived, and the proof of it, is on record.
        if (state.Phase != IntakePhase.Waiting)
            return Decision<IntakeEvent>.AlreadyDone;
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;

        return new ReferralAcknowledged(command.AcknowledgedBy)
        {
            ReferralId = command.ReferralId,
            ClientId = referral.ClientId,
            ProviderAgencyId = command.ProviderAgencyId,
        }.At(command.When);
    }
}
