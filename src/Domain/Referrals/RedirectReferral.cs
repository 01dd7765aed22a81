namespace CaseFlow.Domain.Referrals;

/// <summary>The receiver passes the referral on to another provider, where it starts unacknowledged.</summary>
public sealed record RedirectReferral(
    Guid ReferralId, string ProviderAgencyId, string RedirectedBy, string ToAgencyId, Sealed<string> Reason, When When)
{
    /// <param name="targetIsProvider">Whether the directory knows the target as a provider.</param>
    public static Decision<IntakeEvent> Decide(
        RedirectReferral command, IntakeState state, ReferralState referral, bool targetIsProvider, DateTimeOffset now)
    {
        if ((state.RedirectedBy, state.HolderAgencyId) == (command.ProviderAgencyId, command.ToAgencyId))
            return Decision<IntakeEvent>.AlreadyDoneIf<ReferralRedirected>(fact => fact.ProviderAgencyId == command.ProviderAgencyId, (fact, same) => command.When.Says(fact, now) && fact.ToAgencyId == command.ToAgencyId && same(command.Reason, fact.Reason));
        if (Receiving.CheckHolder(command.ReferralId, command.ProviderAgencyId, referral, state) is { } rejection)
            return rejection;
        if (state.Phase == IntakePhase.Closed)
            return IntakeRejections.Closed();
        if (command.ToAgencyId == command.ProviderAgencyId)
            return IntakeRejections.RedirectToOneself();
        if (!targetIsProvider)
            return IntakeRejections.RedirectTargetUnknown(command.ToAgencyId);
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;

        return Receiving.Answered(Redirected(command, referral), command.RedirectedBy, state, command.When);
    }

    private static ReferralRedirected Redirected(RedirectReferral command, ReferralState referral) => new(command.ToAgencyId, command.Reason)
    {
        ReferralId = command.ReferralId,
        ClientId = referral.ClientId,
        ProviderAgencyId = command.ProviderAgencyId,
    };
}
