namespace CaseFlow.Domain.Administration;

/// <summary>Every way a decision about a view or a message can be refused.</summary>
public static class ProjectionRejections
{
    public static Rejection NotFound(string view) => new(RejectionKind.NotFound, "view-not-found", $"There is no view \"{view}\".");

    public static Rejection NotStopped(string view) =>
        new(RejectionKind.Conflict, "view-not-stopped", $"The view \"{view}\" does not stand still here.");

    public static Rejection StoppedElsewhere(string view) => new(
        RejectionKind.Conflict, "view-stopped-elsewhere", $"The view \"{view}\" stands before another event than the one named.", "eventId");

    public static Rejection MessageNotFound(Guid messageId) =>
        new(RejectionKind.NotFound, "message-not-found", $"There is no message \"{messageId}\" that failed and waits.");
}
