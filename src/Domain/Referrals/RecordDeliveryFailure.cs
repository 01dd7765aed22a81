namespace CaseFlow.Domain.Referrals;

/// <summary>The referral did not arrive; it can be sent again.</summary>
public sealed record RecordDeliveryFailure(Guid ReferralId, Sealed<string> Reason, When When)
{
    public static Decision<ReferralEvent> Decide(RecordDeliveryFailure command, ReferralState state, DateTimeOffset now) =>
        state.Phase switch
        {
            ReferralPhase.NotCreated => ReferralRejections.NotFound(command.ReferralId),
            ReferralPhase.Created => ReferralRejections.NotSent(),
            ReferralPhase.DeliveryFailed => Decision<ReferralEvent>.AlreadyDoneIf<ReferralDeliveryFailed>((fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason)),
            ReferralPhase.Delivered => ReferralRejections.AlreadyDelivered(),
            ReferralPhase.Withdrawn => ReferralRejections.Withdrawn(),
            _ when command.When.Check(now) is { } rejection => rejection,
            _ when command.When.Latest + When.Skew < state.SentAt => ReferralRejections.BeforePreviousStep(),
            _ => new ReferralDeliveryFailed(command.Reason)
            {
                ReferralId = command.ReferralId,
                ClientId = state.ClientId,
                DutyId = state.DutyId,
            }.At(command.When),
        };
}
