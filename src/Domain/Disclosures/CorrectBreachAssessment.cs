namespace CaseFlow.Domain.Disclosures;

/// <summary>The privacy officer assesses a breach anew: the finding was wrong, or it is of other records. Nobody else assesses one.</summary>
/// <param name="Reason">Why it is assessed otherwise.</param>
public sealed record CorrectBreachAssessment(Guid BreachId, BreachFinding Finding, IReadOnlyList<Guid> ClientIds, Sealed<string> Reason, string AssessedBy)
{
    /// <summary>Told again it is the same; what holds already needs no correction but of its words. Whether anybody is still to be told follows from what holds (<see cref="Breach.IsOwedToClients"/>).</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">The jurisdiction's breaches.</param>
    /// <param name="known">Those of the records named that there are.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<BreachEvent> Decide(CorrectBreachAssessment command, BreachState state, IReadOnlyCollection<Guid> known, DateTimeOffset now) => state.Find(command.BreachId) switch
    {
        null => BreachRejections.NotFound(command.BreachId),
        { Found: null } => BreachRejections.NotAssessed(command.BreachId),
        { Found: { } found, Assessments.Count: > 1 } when found.Finding == command.Finding && found.ClientIds.ToHashSet().SetEquals(command.ClientIds) =>
            Decision<BreachEvent>.AlreadyDoneIf<BreachAssessmentCorrected>(fact => fact.BreachId == command.BreachId, (fact, same) => same(command.Reason, fact.Reason)),
        _ when command.ClientIds.Except(known).Any() => BreachRejections.ClientUnknown(command.ClientIds.Except(known).First()),
        { OfClient: { } told } when command.Finding == BreachFinding.Breach && !command.ClientIds.Contains(told) => BreachRejections.ClientLeftOut(told),
        _ => new BreachAssessmentCorrected(command.Finding, command.ClientIds, command.Reason, command.AssessedBy) { BreachId = command.BreachId }.At(now),
    };
}
