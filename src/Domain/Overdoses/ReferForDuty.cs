using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Overdoses;

/// <summary>What the duty says to a referral that is to discharge it (R1).</summary>
public static class ReferForDuty
{
    /// <returns>Why the referral cannot be made for that duty, or null.</returns>
    public static Rejection? Check(DutyState state, Guid dutyId, string toAgencyId, Role referredAs, JurisdictionPolicy policy) =>
        state.Find(dutyId) is not { } duty ? DutyRejections.NotFound()
        : duty.Refusal() is { } ended ? ended
        : !policy.OverdoseDuty.MayDischarge.Contains(referredAs) ? DutyRejections.RoleMayNotDischarge(referredAs)
        : duty.ProviderAgencyId != toAgencyId ? DutyRejections.WrongProvider(duty.ProviderAgencyId)
        : null;
}
