namespace CaseFlow.Domain.Replays;

/// <summary>The auditor ends a replay of their own; also after its grant has ended.</summary>
public sealed record CompleteReplaySession(Guid SessionId, string AuditorId)
{
    public static Decision<ReplaySessionEvent> Decide(CompleteReplaySession command, ReplaySessionState state, DateTimeOffset now) =>
        state.OfAuditor(command.AuditorId, command.SessionId) switch
        {
            null => ReplaySessionRejections.NotFound(command.SessionId),
            { Completed: not null } => Decision<ReplaySessionEvent>.AlreadyDone,
            _ => new ReplaySessionCompleted { SessionId = command.SessionId }.At(now),
        };
}
