namespace CaseFlow.Domain.Overdoses;

/// <summary>What every way of discharging a duty has in common.</summary>
internal static class DischargingDuties
{
    /// <returns>Why it can no longer be discharged, or null.</returns>
    public static Rejection? Refusal(this Duty duty) => duty.Phase switch
    {
        // What the supervisor returned was not accepted: it may be discharged again, in another way or with better evidence.
        DutyPhase.Discharged when !duty.Returned => DutyRejections.AlreadyDischarged(duty.Path!.Value),
        DutyPhase.ClosedUnsupervised => DutyRejections.Closed(),
        _ => null,
    };

    /// <returns>The verdict: in time when discharged at or before due, under the duty's own policy version.</returns>
    public static DutyEvent Discharge(
        this Duty duty, Guid clientId, DischargePath path, Guid? referralId, DateTimeOffset dischargedAt, string? referredBy = null, string? sentBy = null) =>
        new ReferralDutyDischarged(duty.DutyId, path, referralId, duty.DueAt, dischargedAt <= duty.DueAt, duty.PolicyVersion)
        {
            ClientId = clientId,
            ReferredBy = referredBy,
            SentBy = sentBy,
        }.At(dischargedAt);
}
