namespace CaseFlow.Domain.Disclosures;

/// <summary>Every way a step about a suspected breach can be refused.</summary>
public static class BreachRejections
{
    public static Rejection NotFound(Guid breachId) => new(RejectionKind.NotFound, "breach-not-found", $"There is no suspected breach {breachId}.");

    public static Rejection AssessedDifferently(Guid breachId) => new(
        RejectionKind.Conflict, "breach-assessed-differently", $"Breach {breachId} is assessed already, otherwise.", "finding");

    public static Rejection NotABreach(Guid breachId) => new(
        RejectionKind.Conflict, "breach-not-found-to-be-one", $"Breach {breachId} is not assessed as a breach, so nobody is notified of it.");
}
