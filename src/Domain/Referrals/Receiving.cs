namespace CaseFlow.Domain.Referrals;

/// <summary>What every act of a receiver has in common.</summary>
internal static class Receiving
{
    /// <summary>Only the agency that holds a sent referral may act on it; for every other it does not exist.</summary>
    public static Rejection? CheckHolder(Guid referralId, string agencyId, ReferralState referral, IntakeState intake) => referral.Phase switch
    {
        ReferralPhase.NotCreated or ReferralPhase.Created => ReferralRejections.NotFound(referralId),
        _ when (intake.HolderAgencyId ?? referral.ToAgencyId) != agencyId => ReferralRejections.NotFound(referralId),
        ReferralPhase.Withdrawn => ReferralRejections.Withdrawn(),
        _ => null,
    };

    /// <summary>Contact with the client belongs to a referral that was accepted and is not closed.</summary>
    public static Rejection? CheckAccepted(IntakeState intake) => intake.Phase switch
    {
        IntakePhase.Accepted => null,
        IntakePhase.Closed => IntakeRejections.Closed(),
        IntakePhase.Declined => IntakeRejections.Declined(),
        _ => IntakeRejections.NotAccepted(),
    };

    /// <summary>Whoever answers a referral has received it: acknowledging is recorded with the answer when nobody did before.</summary>
    public static Decision<IntakeEvent> Answered(IntakeEvent answer, string answeredBy, IntakeState intake, When when) =>
        intake.Phase == IntakePhase.Waiting
            ? new IntakeEvent[] { Acknowledged(answer, answeredBy).At(when), answer.At(when) }
            : answer.At(when);

    private static ReferralAcknowledged Acknowledged(IntakeEvent answer, string answeredBy) => new(answeredBy)
    {
        ReferralId = answer.ReferralId,
        ClientId = answer.ClientId,
        ProviderAgencyId = answer.ProviderAgencyId,
    };
}
