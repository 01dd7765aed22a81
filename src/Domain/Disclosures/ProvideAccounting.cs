namespace CaseFlow.Domain.Disclosures;

/// <summary>The client got the accounting they asked for.</summary>
public sealed record ProvideAccounting(Guid ClientId, Guid RequestId, int Count, DateTimeOffset Through, DisclosureMethod Method, string ProvidedBy)
{
    public static Decision<RecordRightsEvent> Decide(ProvideAccounting command, RecordRightsState state, DateTimeOffset now) =>
        state.Find(command.RequestId, command.ClientId, RightsKind.Accounting) switch
        {
            null => RecordRightsRejections.NotFound(command.RequestId),
            { Outcome: not null } => Decision<RecordRightsEvent>.AlreadyDoneIf<AccountingProvided>((fact, _) => (fact.RequestId, fact.Method) == (command.RequestId, command.Method), RecordRightsRejections.AnsweredDifferently(command.RequestId)),
            _ => new AccountingProvided(command.Count, command.Through, command.Method, command.ProvidedBy)
            { ClientId = command.ClientId, RequestId = command.RequestId }.At(now),
        };
}
