namespace CaseFlow.Domain.Overdoses;

/// <summary>The referral reached its receiver: the duty is discharged at that moment, whoever clicked what before.</summary>
/// <param name="DeliveredAt">When it was delivered, UTC, by the receiver's act or the transport's receipt.</param>
public sealed record DischargeByDelivery(Guid ClientId, Guid DutyId, Guid ReferralId, DateTimeOffset DeliveredAt)
{
    public static Decision<DutyEvent> Decide(DischargeByDelivery command, DutyState state) =>
        state.Find(command.DutyId) is not { } duty ? DutyRejections.NotFound()
        : duty.Refusal() is not null ? Decision<DutyEvent>.AlreadyDone
        : duty.Discharge(command.ClientId, DischargePath.Referred, command.ReferralId, command.DeliveredAt);
}
