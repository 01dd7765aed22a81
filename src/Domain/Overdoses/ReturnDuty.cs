namespace CaseFlow.Domain.Overdoses;

/// <summary>
/// A supervisor does not accept it as it is (R6): a discharged duty is put right and attested again; one that was called
/// impossible is open again, with its own due time.
/// </summary>
public sealed record ReturnDuty(Guid ClientId, Guid? DutyId, string ReturnedBy, Sealed<string> Reason)
{
    public static Decision<DutyEvent> Decide(ReturnDuty command, DutyState state, DateTimeOffset now) => state.Find(command.DutyId) switch
    {
        null => DutyRejections.NotFound(),
        { Phase: DutyPhase.Open or DutyPhase.ClosedUnsupervised } => DutyRejections.NothingToVerify(),
        { Verified: true } => DutyRejections.AlreadyVerified(),
        { } duty when duty.IsOwnActOf(command.ReturnedBy) => DutyRejections.OwnAct(),
        { Returned: true, Attested: false } => Decision<DutyEvent>.AlreadyDoneIf<ReferralDutyReturned>(fact => fact.DutyId == command.DutyId, (fact, same) => same(command.Reason, fact.Reason)),
        { } duty => new ReferralDutyReturned(duty.DutyId, command.ReturnedBy, command.Reason)
        {
            ClientId = command.ClientId,
            ReopenedDueAt = duty.Phase == DutyPhase.Impossible ? duty.DueAt : null,
        }.At(now),
    };
}
