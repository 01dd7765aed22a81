namespace CaseFlow.Domain.Overdoses;

/// <summary>The agent attests what was done: this is "confirming" a referral.</summary>
public sealed record AttestReferral(Guid ClientId, Guid? DutyId, string AttestedBy)
{
    public static Decision<DutyEvent> Decide(AttestReferral command, DutyState state, DateTimeOffset now) => state.Find(command.DutyId) switch
    {
        null => DutyRejections.NotFound(),
        { Phase: DutyPhase.Open } => DutyRejections.NothingToAttest(),
        { Phase: DutyPhase.ClosedUnsupervised } => DutyRejections.Closed(),
        { } duty when duty.AgentId != command.AttestedBy => DutyRejections.NotDutyHolder(),
        { Attested: true } => Decision<DutyEvent>.AlreadyDone,
        { } duty => new ReferralAttestationGiven(duty.DutyId, command.AttestedBy) { ClientId = command.ClientId }.At(now),
    };
}
