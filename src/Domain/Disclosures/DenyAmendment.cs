namespace CaseFlow.Domain.Disclosures;

/// <summary>The record is not amended, for one of the grounds that the law knows.</summary>
public sealed record DenyAmendment(Guid ClientId, Guid RequestId, AmendmentDenial Ground, string AnsweredBy, Sealed<string> Reason)
{
    public static Decision<RecordRightsEvent> Decide(DenyAmendment command, RecordRightsState state, DateTimeOffset now) =>
        state.Find(command.RequestId, command.ClientId, RightsKind.Amendment) switch
        {
            null => RecordRightsRejections.NotFound(command.RequestId),
            { Outcome: RightsOutcome.Denied } => Decision<RecordRightsEvent>.AlreadyDone,
            { Outcome: not null } => RecordRightsRejections.AnsweredDifferently(command.RequestId),
            _ => new AmendmentDenied(command.Ground, command.AnsweredBy, command.Reason)
            { ClientId = command.ClientId, RequestId = command.RequestId }.At(now),
        };
}
