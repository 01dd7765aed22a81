namespace CaseFlow.Domain.Disclosures;

/// <summary>The client disagrees with the denial, in their own words.</summary>
public sealed record StateDisagreement(Guid ClientId, Guid RequestId, Sealed<string> Statement, string ReceivedBy)
{
    public static Decision<RecordRightsEvent> Decide(StateDisagreement command, RecordRightsState state, DateTimeOffset now) =>
        state.Find(command.RequestId, command.ClientId, RightsKind.Amendment) switch
        {
            null => RecordRightsRejections.NotFound(command.RequestId),
            { Disagrees: true } => Decision<RecordRightsEvent>.AlreadyDone,
            { Outcome: not RightsOutcome.Denied } => RecordRightsRejections.NothingToDisagreeWith(command.RequestId),
            _ => new DisagreementStated(command.Statement, command.ReceivedBy)
            { ClientId = command.ClientId, RequestId = command.RequestId }.At(now),
        };
}
