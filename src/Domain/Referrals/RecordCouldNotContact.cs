using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Referrals;

/// <summary>The attempts that policy asks for were made in vain (R9); the attempts on record are the evidence.</summary>
public sealed record RecordCouldNotContact(Guid ReferralId, string ProviderAgencyId, When When)
{
    /// <param name="policy">In force now; null when the jurisdiction has none.</param>
    public static Decision<IntakeEvent> Decide(
        RecordCouldNotContact command, IntakeState state, ReferralState referral, PolicyInForce? policy, DateTimeOffset now)
    {
        if ((Receiving.CheckHolder(command.ReferralId, command.ProviderAgencyId, referral, state) ?? Receiving.CheckAccepted(state)) is { } rejection)
            return rejection;
        if (state.CouldNotContact)
            return Decision<IntakeEvent>.AlreadyDoneIf<ReferralCouldNotContact>(fact => fact.ProviderAgencyId == command.ProviderAgencyId, (fact, _) => command.When.Says(fact, now));
        if (state.FirstContactMade)
            return IntakeRejections.InContact();
        if (policy is null)
            return ReferralRejections.NoPolicyInForce();

        var calendar = new BusinessCalendar(policy.Policy);
        var missing = UnreachableRule.Missing(policy.Policy.Referrals.Unreachable, state.Attempts, calendar);
        if (missing.Count > 0)
            return IntakeRejections.AttemptsInsufficient(missing);
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;

        return new ReferralCouldNotContact(state.Attempts, policy.Version)
        {
            ReferralId = command.ReferralId,
            ClientId = referral.ClientId,
            ProviderAgencyId = command.ProviderAgencyId,
        }.At(command.When);
    }
}
