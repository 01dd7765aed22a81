using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Overdoses;

/// <summary>The referral reached its receiver: the duty is discharged at that moment, whoever clicked what before.</summary>
/// <param name="DeliveredAt">When it was delivered, UTC, by the receiver's act or the transport's receipt.</param>
/// <param name="ReferredBy">Who made the referral.</param>
/// <param name="SentBy">Who sent it.</param>
public sealed record DischargeByDelivery(Guid ClientId, Guid DutyId, Guid ReferralId, DateTimeOffset DeliveredAt, string? ReferredBy = null, string? SentBy = null)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The client's duties.</param>
    /// <param name="policyAt">The policy in force at an instant, among versions up to a bound.</param>
    public static Decision<DutyEvent> Decide(
        DischargeByDelivery command, DutyState state, Func<DateTimeOffset, int, PolicyInForce?> policyAt)
    {
        if (state.Find(command.DutyId) is not { } duty)
            return DutyRejections.NotFound();
        if (duty.Refusal() is not null)
            return Decision<DutyEvent>.AlreadyDone;

        var discharged = duty.Discharge(command.ClientId, DischargePath.Referred, command.ReferralId, command.DeliveredAt, command.ReferredBy, command.SentBy);
        return new[] { discharged }.Concat(OwedAnew(command, state, duty, policyAt)).ToArray();
    }

    /// <summary>
    /// The proof may come later than the delivery. What the agent learned in between was merged into a duty that was in truth
    /// discharged already: it opens a duty of its own, from its own knowing.
    /// </summary>
    private static IEnumerable<DutyEvent> OwedAnew(
        DischargeByDelivery command, DutyState state, Duty duty, Func<DateTimeOffset, int, PolicyInForce?> policyAt)
    {
        var later = duty.OverdoseIds.FindAll(id => state.KnownAt[id] > command.DeliveredAt).OrderBy(id => state.KnownAt[id]).ToList();
        if (later.Count == duty.OverdoseIds.Count)
            yield break;

        ReferralDutyTriggered? anew = null;
        foreach (var overdoseId in later)
        {
            var knownAt = state.KnownAt[overdoseId];
            if (policyAt(knownAt, int.MaxValue) is not { Policy.OverdoseDuty.On: true } policy)
                continue;

            if (anew is not null && knownAt - anew.OccurredAt <= TimeSpan.FromHours(policy.Policy.OverdoseDuty.MergeWindowHours))
            {
                yield return new OverdoseMergedIntoDuty(anew.DutyId, overdoseId, policy.Version) { ClientId = command.ClientId }.At(knownAt);
                continue;
            }

            var heldBy = new SupervisedBy(duty.AgentId, duty.AgencyId, duty.OfficeId);
            var dutyId = NamedId.Of(command.ClientId, $"duty/{overdoseId}/{command.ReferralId}");
            yield return anew = (RecordOverdoseKnown.Triggered(command.ClientId, overdoseId, knownAt, heldBy, policy) with { DutyId = dutyId }).At(knownAt);
        }
    }
}
