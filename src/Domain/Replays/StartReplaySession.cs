namespace CaseFlow.Domain.Replays;

/// <summary>An auditor begins to go through what a programme recorded, as it was held at one moment [Seed 12, R66].</summary>
/// <param name="GrantId">The grant in force.</param>
/// <param name="Position">The log position of that moment.</param>
/// <param name="AsOf">What had occurred by then, UTC; null for all that was recorded.</param>
/// <param name="AsRecorded">The instant that was asked for the position; null for none.</param>
/// <param name="IsPositionAsked">The position was asked for itself, and is not that of the beginning.</param>
public sealed record StartReplaySession(
    Guid SessionId, string AuditorId, Guid GrantId, ReplayScope Scope, long Position, DateTimeOffset? AsOf, DateTimeOffset? AsRecorded, bool IsPositionAsked)
{
    /// <summary>Told again it is the session that was begun, of the moment it was begun at, whatever was recorded since.</summary>
    /// <param name="command">What is begun.</param>
    /// <param name="state">What was.</param>
    /// <param name="now">The instant of the decision.</param>
    public static Decision<ReplaySessionEvent> Decide(StartReplaySession command, ReplaySessionState state, DateTimeOffset now)
    {
        if (state.Find(command.SessionId)?.Started is { } begun)
        {
            return (begun.AuditorId, begun.Scope, begun.AsOf, begun.AsRecorded) == (command.AuditorId, command.Scope, command.AsOf, command.AsRecorded)
                && (!command.IsPositionAsked || begun.Position == command.Position)
                    ? Decision<ReplaySessionEvent>.AlreadyDone
                    : ReplaySessionRejections.StartedDifferently(command.SessionId);
        }

        if (command.Scope.Until <= command.Scope.From)
            return ReplaySessionRejections.TimeEmpty();
        return new ReplaySessionStarted(
            command.AuditorId, command.GrantId, command.Scope, command.Position, command.AsOf, command.AsRecorded)
        { SessionId = command.SessionId }.At(now);
    }
}
