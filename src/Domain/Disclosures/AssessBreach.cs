namespace CaseFlow.Domain.Disclosures;

/// <summary>The privacy officer says whether it was a breach, and whose records it was of.</summary>
public sealed record AssessBreach(Guid BreachId, BreachFinding Finding, IReadOnlyList<Guid> ClientIds, Sealed<string> Reason, string AssessedBy)
{
    /// <param name="known">Those of the records named that there are.</param>
    public static Decision<BreachEvent> Decide(AssessBreach command, BreachState state, IReadOnlyCollection<Guid> known, DateTimeOffset now) => state.Find(command.BreachId) switch
    {
        null => BreachRejections.NotFound(command.BreachId),
        { Assessed: { } assessed } => assessed.Finding == command.Finding && assessed.ClientIds.SequenceEqual(command.ClientIds)
            ? Decision<BreachEvent>.AlreadyDoneIf<BreachAssessed>(fact => fact.BreachId == command.BreachId, (fact, same) => same(command.Reason, fact.Reason), BreachRejections.AssessedDifferently(command.BreachId))
            : BreachRejections.AssessedDifferently(command.BreachId),
        _ when command.ClientIds.Except(known).Any() => BreachRejections.ClientUnknown(command.ClientIds.Except(known).First()),
        { OfClient: { } told } when command.Finding == BreachFinding.Breach && !command.ClientIds.Contains(told) => BreachRejections.ClientLeftOut(told),
        _ => new BreachAssessed(command.Finding, command.ClientIds, command.Reason, command.AssessedBy) { BreachId = command.BreachId }.At(now),
    };
}
