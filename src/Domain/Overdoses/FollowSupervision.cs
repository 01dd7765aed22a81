namespace CaseFlow.Domain.Overdoses;

/// <summary>What becomes of open duties when the client's supervision changes hands or ends (R5).</summary>
public static class FollowSupervision
{
    /// <summary>The duty follows the client to the new agent; its clock does not restart.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="state">The client's duties.</param>
    /// <param name="to">The new agent.</param>
    /// <param name="when">When the client was reassigned.</param>
    public static Decision<DutyEvent> ToAgent(Guid clientId, DutyState state, SupervisedBy to, When when) =>
        state.Duties
            .FindAll(duty => duty.IsUnfinished() && duty.AgentId != to.AgentId)
            .ConvertAll<DutyEvent>(duty =>
                new ReferralDutyReassigned(duty.DutyId, duty.AgentId, to.AgentId, to.AgencyId, to.OfficeId) { ClientId = clientId }.At(when))
            .ToArray();

    /// <summary>Open, impossible, or discharged and not yet verified: somebody still has to act on it.</summary>
    private static bool IsUnfinished(this Duty duty) =>
        duty.Phase is DutyPhase.Open or DutyPhase.Impossible || duty is { Phase: DutyPhase.Discharged, Verified: false };

    /// <summary>Closed as no longer supervised, with the state at that time.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="state">The client's duties.</param>
    /// <param name="when">When supervision ended.</param>
    public static Decision<DutyEvent> Ended(Guid clientId, DutyState state, When when) =>
        state.Duties
            .FindAll(duty => duty.Phase is DutyPhase.Open or DutyPhase.Impossible)
            .ConvertAll<DutyEvent>(duty => new ReferralDutyClosedUnsupervised(duty.DutyId, duty.Phase) { ClientId = clientId }.At(when))
            .ToArray();
}
