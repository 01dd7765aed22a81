namespace CaseFlow.Domain.Overdoses;

/// <summary>A supervisor verifies what the agent attested, or that a duty could not be met (R6); never an own act.</summary>
public sealed record VerifyDuty(Guid ClientId, Guid? DutyId, string VerifiedBy)
{
    public static Decision<DutyEvent> Decide(VerifyDuty command, DutyState state, DateTimeOffset now) => state.Find(command.DutyId) switch
    {
        null => DutyRejections.NotFound(),
        { Verified: true } => Decision<DutyEvent>.AlreadyDone,
        { Phase: DutyPhase.Open or DutyPhase.ClosedUnsupervised } => DutyRejections.NothingToVerify(),
        { } duty when duty.IsOwnActOf(command.VerifiedBy) => DutyRejections.OwnAct(),
        { Phase: DutyPhase.Discharged, Attested: false } => DutyRejections.NotAttested(),
        { } duty => new AgentSupervisorVerified(duty.DutyId, command.VerifiedBy) { ClientId = command.ClientId }.At(now),
    };
}

internal static class OwnActs
{
    public static bool IsOwnActOf(this Duty duty, string actorId) => duty.AgentId == actorId || duty.ActorIds.Contains(actorId);
}
