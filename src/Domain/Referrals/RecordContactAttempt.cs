namespace CaseFlow.Domain.Referrals;

/// <summary>The provider tried to reach the client (R8); when it happened is when the attempt was made.</summary>
public sealed record RecordContactAttempt(Guid ReferralId, string ProviderAgencyId, ContactMode Mode, AttemptOutcome Outcome, When When)
{
    public static Decision<IntakeEvent> Decide(RecordContactAttempt command, IntakeState state, ReferralState referral, DateTimeOffset now)
    {
        if ((Receiving.CheckHolder(command.ReferralId, command.ProviderAgencyId, referral, state) ?? Receiving.CheckAccepted(state)) is { } rejection)
            return rejection;
        if (state.Attempts.Contains(new ContactAttempt(command.When.OccurredAt, command.Mode, command.Outcome)))
            return Decision<IntakeEvent>.AlreadyDone;
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;

        return new ReferralContactAttempted(command.Mode, command.Outcome)
        {
            ReferralId = command.ReferralId,
            ClientId = referral.ClientId,
            ProviderAgencyId = command.ProviderAgencyId,
        }.At(command.When);
    }
}
