using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Replays;

/// <summary>Which auditor went, or goes, through what.</summary>
/// <param name="Sessions">In the order they were begun.</param>
public sealed record ReplaySessionState(ImmutableList<ReplaySession> Sessions)
{
    public static readonly ReplaySessionState Initial = new([]);

    /// <returns>The session of an auditor's own; null for none, whoever else may have it.</returns>
    public ReplaySession? OfAuditor(string auditorId, Guid sessionId) =>
        Find(sessionId) is { } session && session.Started.AuditorId == auditorId ? session : null;

    public ReplaySession? Find(Guid sessionId) => Sessions.Find(session => session.Started.SessionId == sessionId);

    public static ReplaySessionState Evolve(ReplaySessionState state, ReplaySessionEvent fact) => fact switch
    {
        ReplaySessionStarted e => new(state.Sessions.Add(new ReplaySession(e, Completed: null))),
        ReplaySessionCompleted e => new(state.Sessions.ConvertAll(
            session => session.Started.SessionId == e.SessionId ? session with { Completed = e } : session)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ReplaySessionState)}."),
    };
}

/// <summary>One going through of what a programme recorded.</summary>
/// <param name="Completed">Null while it was not ended. Its grant may have ended it.</param>
public sealed record ReplaySession(ReplaySessionStarted Started, ReplaySessionCompleted? Completed)
{
    /// <summary>A page is shown only while the session, and the grant it was begun under, last [R66].</summary>
    /// <param name="isGrantInForce">Whether that grant is in force now.</param>
    /// <returns>Why there is no page; null when there is.</returns>
    public Rejection? WhyNoPage(bool isGrantInForce)
    {
        if (Completed is not null)
            return ReplaySessionRejections.Completed(Started.SessionId);
        return isGrantInForce ? null : ReplaySessionRejections.GrantEnded(Started.SessionId);
    }
}
