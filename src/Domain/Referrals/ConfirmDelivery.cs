namespace CaseFlow.Domain.Referrals;

/// <summary>The referral reached its receiver: proven by the receiver's own act or the transport's receipt, never by the sender.</summary>
/// <param name="Receipt">The transport's receipt number, when that is the proof.</param>
/// <param name="ConfirmedBy">Who proves it.</param>
public sealed record ConfirmDelivery(Guid ReferralId, DeliveryProof Proof, string? Receipt, Actor ConfirmedBy, When When)
{
    /// <summary>
    /// Whatever a receiver does with a referral first proves that it arrived: recorded in the sender's stream in the same
    /// transaction as the receiver's act, and already done when delivery was proven before.
    /// </summary>
    public static ConfirmDelivery ByReceiver(Guid referralId, Actor receiver, When when) =>
        new(referralId, DeliveryProof.ReceiverAcknowledgement, Receipt: null, receiver, when);

    public static Decision<ReferralEvent> Decide(ConfirmDelivery command, ReferralState state, DateTimeOffset now) => state.Phase switch
    {
        ReferralPhase.NotCreated => ReferralRejections.NotFound(command.ReferralId),
        ReferralPhase.Delivered => Decision<ReferralEvent>.AlreadyDone,
        _ when Prove(command, state) is { } unproven => unproven,
        ReferralPhase.Created => ReferralRejections.NotSent(),
        ReferralPhase.Withdrawn => ReferralRejections.Withdrawn(),
        _ when command.When.Check(now) is { } rejection => rejection,
        _ when command.When.Latest + When.Skew < state.SentAt => ReferralRejections.BeforePreviousStep(),
        _ => new ReferralDeliveryConfirmed(command.Proof, command.Receipt)
        {
            ReferralId = command.ReferralId,
            ClientId = state.ClientId,
            DutyId = state.DutyId,
        }.At(command.When),
    };

    private static Rejection? Prove(ConfirmDelivery command, ReferralState state) => command switch
    {
        { ConfirmedBy.Role: not Role.Service } when command.ConfirmedBy.Agency == state.FromAgencyId =>
            ReferralRejections.SenderCannotConfirm(),
        { Proof: DeliveryProof.TransportReceipt, ConfirmedBy.Role: not Role.Service } => ReferralRejections.ReceiptNotFromTransport(),
        { Proof: DeliveryProof.TransportReceipt } when string.IsNullOrWhiteSpace(command.Receipt) => ReferralRejections.ReceiptMissing(),
        { Proof: DeliveryProof.ReceiverAcknowledgement } when command.ConfirmedBy.Agency != state.ToAgencyId =>
            ReferralRejections.NotFound(command.ReferralId),
        _ => null,
    };
}
