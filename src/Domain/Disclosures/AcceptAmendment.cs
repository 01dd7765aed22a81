namespace CaseFlow.Domain.Disclosures;

/// <summary>The record is amended as the client asked, in whole or in part.</summary>
public sealed record AcceptAmendment(Guid ClientId, Guid RequestId, string AnsweredBy, Sealed<string> Text)
{
    public static Decision<RecordRightsEvent> Decide(AcceptAmendment command, RecordRightsState state, DateTimeOffset now) =>
        state.Find(command.RequestId, command.ClientId, RightsKind.Amendment) switch
        {
            null => RecordRightsRejections.NotFound(command.RequestId),
            { Outcome: RightsOutcome.Accepted } => Decision<RecordRightsEvent>.AlreadyDone,
            { Outcome: not null } => RecordRightsRejections.AnsweredDifferently(command.RequestId),
            _ => new AmendmentAccepted(command.AnsweredBy, command.Text)
            { ClientId = command.ClientId, RequestId = command.RequestId }.At(now),
        };
}
