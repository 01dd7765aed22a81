namespace CaseFlow.Domain.Disclosures;

/// <summary>The client got the copy they asked for.</summary>
/// <param name="IsMade">A copy of the record was made for this request, or there is nothing left to copy.</param>
public sealed record FulfilRecordsRequest(Guid ClientId, Guid RequestId, DisclosureMethod Method, string FulfilledBy, bool IsMade)
{
    public static Decision<RecordRightsEvent> Decide(FulfilRecordsRequest command, RecordRightsState state, DateTimeOffset now) =>
        state.Find(command.RequestId, command.ClientId, RightsKind.CopyOfRecord) switch
        {
            null => RecordRightsRejections.NotFound(command.RequestId),
            { Outcome: not null } => Decision<RecordRightsEvent>.AlreadyDoneIf<RecordsRequestFulfilled>(fact => fact.RequestId == command.RequestId, (fact, _) => fact.Method == command.Method, RecordRightsRejections.AnsweredDifferently(command.RequestId)),
            _ when !command.IsMade => RecordRightsRejections.CopyNotMade(command.RequestId),
            _ => new RecordsRequestFulfilled(command.Method, command.FulfilledBy)
            { ClientId = command.ClientId, RequestId = command.RequestId }.At(now),
        };
}
