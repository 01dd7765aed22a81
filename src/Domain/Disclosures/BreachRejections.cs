namespace CaseFlow.Domain.Disclosures;

/// <summary>Every way a step about a suspected breach can be refused.</summary>
public static class BreachRejections
{
    public static Rejection NotFound(Guid breachId) => new(RejectionKind.NotFound, "breach-not-found", $"There is no suspected breach {breachId}.");

    public static Rejection AssessedDifferently(Guid breachId) => new(
        RejectionKind.Conflict, "breach-assessed-differently", $"Breach {breachId} is assessed already, otherwise.", "finding");

    public static Rejection NotAssessed(Guid breachId) => new(
        RejectionKind.Conflict, "breach-not-assessed", $"Breach {breachId} is not assessed yet: there is nothing to correct.");

    public static Rejection ClientUnknown(Guid clientId) => new(
        RejectionKind.Unprocessable, "breach-client-unknown", $"There is no client {clientId} whose record it could be of.", "clientIds");

    public static Rejection ClientLeftOut(Guid clientId) => new(
        RejectionKind.Unprocessable, "breach-client-left-out", $"The record of client {clientId} was told or opened: if it is a breach, it is of that record, too.", "clientIds");

    public static Rejection NotABreach(Guid breachId) => new(
        RejectionKind.Conflict, "breach-not-found-to-be-one", $"Breach {breachId} is not assessed as a breach, so nobody is notified of it.");
}
