namespace CaseFlow.Domain.Disclosures;

/// <summary>Those concerned were told of a breach.</summary>
public sealed record NotifyBreach(Guid BreachId, BreachAudience Audience, DisclosureMethod Method, string NotifiedBy)
{
    public static Decision<BreachEvent> Decide(NotifyBreach command, BreachState state, DateTimeOffset now) => state.Find(command.BreachId) switch
    {
        null => BreachRejections.NotFound(command.BreachId),
        { Found: not { Finding: BreachFinding.Breach } } => BreachRejections.NotABreach(command.BreachId),
        // Of records that a correction named since, nobody was told.
        { Found: { } found } breach when breach.ToldOf(command.Audience, found) is not null => Decision<BreachEvent>.AlreadyDoneIf<BreachNotified>(fact => (fact.BreachId, fact.Audience) == (command.BreachId, command.Audience), (fact, _) => fact.Method == command.Method),
        _ => new BreachNotified(command.Audience, command.Method, command.NotifiedBy) { BreachId = command.BreachId }.At(now),
    };
}
