namespace CaseFlow.Domain.Disclosures;

/// <summary>The privacy officer says whether it was a breach, and whose records it was of.</summary>
public sealed record AssessBreach(Guid BreachId, BreachFinding Finding, IReadOnlyList<Guid> ClientIds, Sealed<string> Reason, string AssessedBy)
{
    public static Decision<BreachEvent> Decide(AssessBreach command, BreachState state, DateTimeOffset now) => state.Find(command.BreachId) switch
    {
        null => BreachRejections.NotFound(command.BreachId),
        { Assessed: { } assessed } => assessed.Finding == command.Finding && assessed.ClientIds.SequenceEqual(command.ClientIds)
            ? Decision<BreachEvent>.AlreadyDoneIf<BreachAssessed>(fact => fact.BreachId == command.BreachId, (fact, same) => same(command.Reason, fact.Reason), BreachRejections.AssessedDifferently(command.BreachId))
            : BreachRejections.AssessedDifferently(command.BreachId),
        _ => new BreachAssessed(command.Finding, command.ClientIds, command.Reason, command.AssessedBy) { BreachId = command.BreachId }.At(now),
    };
}
