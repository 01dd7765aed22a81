namespace CaseFlow.Domain.Disclosures;

/// <summary>The client got the accounting they asked for.</summary>
/// <param name="IsMade">An accounting was made since it was asked for, or there is nothing left to account for.</param>
public sealed record ProvideAccounting(
    Guid ClientId, Guid RequestId, int Count, DateTimeOffset Through, DisclosureMethod Method, string ProvidedBy, bool IsMade)
{
    public static Decision<RecordRightsEvent> Decide(ProvideAccounting command, RecordRightsState state, DateTimeOffset now) =>
        state.Find(command.RequestId, command.ClientId, RightsKind.Accounting) switch
        {
            null => RecordRightsRejections.NotFound(command.RequestId),
            { Outcome: not null } => Decision<RecordRightsEvent>.AlreadyDoneIf<AccountingProvided>(fact => fact.RequestId == command.RequestId, (fact, _) => fact.Method == command.Method, RecordRightsRejections.AnsweredDifferently(command.RequestId)),
            _ when !command.IsMade => RecordRightsRejections.AccountingNotMade(command.RequestId),
            _ => new AccountingProvided(command.Count, command.Through, command.Method, command.ProvidedBy)
            { ClientId = command.ClientId, RequestId = command.RequestId }.At(now),
        };
}
