using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Overdoses;

/// <summary>A supervisor exempts the duty for a reason on the policy's list (R3).</summary>
public sealed record ExemptDuty(Guid ClientId, Guid? DutyId, string ReasonCode, string ApprovedBy, Sealed<string>? Evidence)
{
    public static Decision<DutyEvent> Decide(ExemptDuty command, DutyState state, JurisdictionPolicy policy, DateTimeOffset now)
    {
        if (state.Find(command.DutyId) is not { } duty)
            return DutyRejections.NotFound();
        if (duty is { Path: DischargePath.Exempt, Returned: false })
            return Decision<DutyEvent>.AlreadyDoneIf<ReferralDutyExemptionRecorded>(fact => fact.DutyId == duty.DutyId, (fact, same) => fact.ReasonCode == command.ReasonCode && same(command.Evidence, fact.Evidence));
        if (duty.Refusal() is { } ended)
            return ended;
        if (command.ApprovedBy == duty.AgentId)
            return DutyRejections.ApproverIsAgent();
        if (duty.IsOwnActOf(command.ApprovedBy))
            return DutyRejections.OwnAct();
        if (!policy.OverdoseDuty.ExemptionReasons.Contains(command.ReasonCode))
            return DutyRejections.ExemptionUnknown(command.ReasonCode);

        return new DutyEvent[]
        {
            new ReferralDutyExemptionRecorded(duty.DutyId, command.ReasonCode, command.ApprovedBy, command.Evidence)
            {
                ClientId = command.ClientId,
            }.At(now),
            duty.Discharge(command.ClientId, DischargePath.Exempt, referralId: null, now),
        };
    }
}
