namespace CaseFlow.Domain.Administration;

/// <summary>An administrator has a view pass over the one event it stands before. What the event recorded stays recorded.</summary>
/// <param name="View">The view's name.</param>
/// <param name="EventId">The event, so that no other is passed over than the one that was looked at.</param>
/// <param name="Position">Its log position.</param>
/// <param name="Reason">Why the view may do without it.</param>
public sealed record SkipEvent(string View, Guid EventId, long Position, string Reason)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">What was decided before.</param>
    /// <param name="standing">The view as it stands; null when there is none of this name.</param>
    /// <param name="now">The instant of the decision.</param>
    public static Decision<ProjectionEvent> Decide(SkipEvent command, ProjectionState state, StandingView? standing, DateTimeOffset now)
    {
        if (standing is null)
            return ProjectionRejections.NotFound(command.View);
        if (state.Skipped.Contains(new SkippedEvent(standing.Name, standing.Version, command.EventId)))
        {
            return Decision<ProjectionEvent>.AlreadyDoneIf<ViewEventSkipped>(fact => (fact.View, fact.ViewVersion, fact.EventId) == (standing.Name, standing.Version, command.EventId), (fact, _) => fact.Reason == command.Reason);
        }

        if (standing.Stop is not { } stop)
            return ProjectionRejections.NotStopped(command.View);
        return stop.EventId == command.EventId && stop.Position == command.Position
            ? new ViewEventSkipped(standing.Name, standing.Version, command.EventId, command.Position, command.Reason).At(now)
            : ProjectionRejections.StoppedElsewhere(command.View);
    }
}
