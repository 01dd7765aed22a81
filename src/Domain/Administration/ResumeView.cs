namespace CaseFlow.Domain.Administration;

/// <summary>An administrator has a view that stands still tried again at once, for instance after the cause was mended.</summary>
/// <param name="View">The view's name.</param>
/// <param name="Reason">Why now.</param>
public sealed record ResumeView(string View, string Reason)
{
    /// <param name="command">What is asked.</param>
    /// <param name="standing">The view as it stands; null when there is none of this name.</param>
    /// <param name="now">The instant of the decision.</param>
    public static Decision<ProjectionEvent> Decide(ResumeView command, StandingView? standing, DateTimeOffset now) => standing switch
    {
        null => ProjectionRejections.NotFound(command.View),
        { Stop: null } => ProjectionRejections.NotStopped(command.View),
        { Stop: var stop } => new ViewResumed(standing.Name, standing.Version, stop.EventId, stop.Position, command.Reason).At(now),
    };
}
