namespace CaseFlow.Domain.Replays;

/// <summary>Every way a replay can be refused.</summary>
public static class ReplaySessionRejections
{
    public static Rejection NotFound(Guid sessionId) => new(
        RejectionKind.NotFound, "replay-session-not-found", $"The auditor has begun no replay {sessionId}.");

    public static Rejection StartedDifferently(Guid sessionId) => new(
        RejectionKind.Conflict, "replay-session-started-differently", $"Replay {sessionId} was begun already, by somebody else or of something else.", "sessionId");

    public static Rejection TimeEmpty() => new(
        RejectionKind.Unprocessable, "replay-time-empty", "A replay is of a time: until is after from.", "until");

    public static Rejection Completed(Guid sessionId) => new(
        RejectionKind.Conflict, "replay-session-completed", $"Replay {sessionId} was ended: begin another one.");

    public static Rejection GrantEnded(Guid sessionId) => new(
        RejectionKind.Forbidden, "replay-grant-ended", $"The grant that replay {sessionId} was begun under is in force no more: begin another one under the grant of today (R66).");
}
