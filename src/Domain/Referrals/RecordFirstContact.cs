namespace CaseFlow.Domain.Referrals;

/// <summary>The provider and the client spoke for the first time (R8), perhaps after attempts in vain.</summary>
public sealed record RecordFirstContact(Guid ReferralId, string ProviderAgencyId, ContactMode Mode, When When)
{
    public static Decision<IntakeEvent> Decide(RecordFirstContact command, IntakeState state, ReferralState referral, DateTimeOffset now)
    {
        if ((Receiving.CheckHolder(command.ReferralId, command.ProviderAgencyId, referral, state) ?? Receiving.CheckAccepted(state)) is { } rejection)
            return rejection;
        if (state.FirstContactMade)
            return Decision<IntakeEvent>.AlreadyDoneIf<ReferralFirstContactMade>(fact => fact.ProviderAgencyId == command.ProviderAgencyId, (fact, _) => command.When.Says(fact, now) && fact.Mode == command.Mode);
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;

        return new ReferralFirstContactMade(command.Mode)
        {
            ReferralId = command.ReferralId,
            ClientId = referral.ClientId,
            ProviderAgencyId = command.ProviderAgencyId,
        }.At(command.When);
    }
}
