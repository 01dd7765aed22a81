using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Administration;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Views;
using CaseFlow.EventStore.Views.Rebuilding;

namespace CaseFlow.Api.Administration;

/// <summary>
/// How the views are doing for the asker's jurisdiction, and what an administrator may do about one that stands still. Only
/// what was recorded here is shown and decided: the same view may move elsewhere.
/// </summary>
public static class ProjectionDoors
{
    /// <param name="Views">Each view, where it stands, and why it stands still if it does.</param>
    /// <param name="Skips">Every event that a view passes over, and who decided so.</param>
    /// <param name="Rebuilds">The views being built anew, or to be gone on with, for all jurisdictions at once.</param>
    /// <param name="Work">Which node moves the views; it does so for all jurisdictions.</param>
    /// <param name="Messages">What could not be told to another system so far, and why.</param>
    /// <param name="Timers">What was to happen at a time and failed so far, and why.</param>
    public sealed record Answer(
        IReadOnlyList<ViewStatus> Views,
        IReadOnlyList<ViewSkip> Skips,
        IReadOnlyList<Rebuild> Rebuilds,
        BackgroundNode Work,
        IReadOnlyList<TroubledMessage> Messages,
        IReadOnlyList<TroubledTimer> Timers);

    /// <param name="View">The view.</param>
    /// <param name="Phase">What is being done.</param>
    /// <param name="Position">Folded up to here.</param>
    /// <param name="End">The end of the log, as last seen.</param>
    /// <param name="EventsPerSecond">Since this run began.</param>
    /// <param name="UpdatedAt">When it last told of itself, UTC; long ago, it was interrupted.</param>
    /// <param name="Error">What it failed on, if it did; it goes on when it is begun again.</param>
    /// <param name="ErrorPosition">The event it failed on.</param>
    /// <param name="ErrorEventId">That event, when it is the asker's jurisdiction's; null when it is another's.</param>
    public sealed record Rebuild(
        string View,
        string Phase,
        long Position,
        long End,
        double EventsPerSecond,
        DateTimeOffset UpdatedAt,
        string? Error,
        long? ErrorPosition,
        Guid? ErrorEventId);

    /// <param name="Node">Machine and process; null before the first.</param>
    /// <param name="Since">Since when, UTC.</param>
    /// <param name="Epoch">How often the work has changed hands.</param>
    /// <param name="IsAtWork">False while a successor is awaited.</param>
    public sealed record BackgroundNode(string? Node, DateTimeOffset? Since, long Epoch, bool IsAtWork);

    private static Answer Example { get; } = new(
        [
            new("timeline", Position: 4711, Behind: 0, ViewState.Moving),
            new("caseload", Position: 4700, Behind: 3, ViewState.Stopped, new(
                "caseload", "demo", Version: 1, Position: 4705, Guid.Parse("0195d6c4-0000-7000-8000-000000000007"), "agent_reassigned",
                "InvalidOperationException", "Nobody was assigned before.", Attempts: 4,
                new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero), new(2026, 3, 3, 16, 0, 4, TimeSpan.Zero), new(2026, 3, 3, 16, 0, 8, TimeSpan.Zero))),
        ],
        [],
        [
            new("timeline", RebuildPhase.Folding, Position: 2_000, End: 4_711, EventsPerSecond: 20_000, new(2026, 3, 3, 16, 0, 8, TimeSpan.Zero),
                Error: null, ErrorPosition: null, ErrorEventId: null),
        ],
        new("node-1/4242", new(2026, 3, 3, 8, 0, 0, TimeSpan.Zero), Epoch: 3, IsAtWork: true),
        [],
        [
            new("duty_notices", "0195d6c4-0000-7000-8000-000000000009/Reminder", new(2026, 3, 4, 16, 0, 0, TimeSpan.Zero), Attempts: 2,
                new(2026, 3, 4, 16, 0, 6, TimeSpan.Zero), "TimeoutException: The operation has timed out."),
        ]);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapAsk("/admin/projections", ShowAsync)
            .Named("listProjections", "Where each view stands in the log, what it stands still at, and what it passes over").Allow(Role.Administrator)
            .ShowsNobody("names and positions of views").Asks()
            .Gives(Example);
        api.MapFact("/admin/projections/{view}/resume", (string view, ResumeViewRequest ask, CommandDesk desk, CaseFlowDatabase database) =>
                desk.DecideAsync(database, view, (_, standing, now) => ResumeView.Decide(new(view, ask.Reason), standing, now)))
            .Named("resumeView", "A view that stands still is tried again at once").Allow(Role.Administrator)
            .Takes(new ResumeViewRequestValidator(), ResumeViewRequest.Example);
        api.MapFact("/admin/projections/{view}/skip", (string view, SkipEventRequest ask, CommandDesk desk, CaseFlowDatabase database) =>
                desk.DecideAsync(database, view, (state, standing, now) =>
                    SkipEvent.Decide(new(view, ask.EventId, ask.Position, ask.Reason), state, standing, now)))
            .Named("skipEvent", "A view passes over exactly the event it stands before, at this version of the view").Allow(Role.Administrator)
            .Takes(new SkipEventRequestValidator(), SkipEventRequest.Example);
    }

    private static async Task<Answer> ShowAsync(Actor actor, CaseFlowDatabase database, CancellationToken cancellation)
    {
        var work = await database.Daemon.StatusAsync(cancellation);
        return new Answer(
            await database.Statuses.OfAsync(database.Runner.Views, actor.Jurisdiction, cancellation),
            await database.Statuses.SkipsAsync(actor.Jurisdiction, cancellation),
            [.. (await database.RebuildsAsync(cancellation)).Select(rebuild => Shown(rebuild, actor.Jurisdiction))],
            new BackgroundNode(work.Holder, work.Since, work.Epoch, work.IsHeld),
            [.. (await database.Outbox.TroubledAsync(cancellation)).Where(message => message.TenantId == actor.Jurisdiction)],
            [
                .. await database.Notices.Queue.TroubledAsync(actor.Jurisdiction, cancellation),
                .. await database.ConsentEnds.Queue.TroubledAsync(actor.Jurisdiction, cancellation),
                .. await database.EmergencyReviews.Queue.TroubledAsync(actor.Jurisdiction, cancellation),
                .. await database.Selections.Queue.TroubledAsync(actor.Jurisdiction, cancellation),
                .. await database.Suspicions.Queue.TroubledAsync(actor.Jurisdiction, cancellation),
            ]);
    }

    private static Rebuild Shown(RebuildStatus rebuild, string jurisdiction)
    {
        var progress = rebuild.Progress;
        return new(
            progress.View, progress.Phase, progress.Position, progress.End, progress.EventsPerSecond, rebuild.UpdatedAt,
            rebuild.Error, rebuild.ErrorPosition, rebuild.ErrorTenantId == jurisdiction ? rebuild.ErrorEventId : null);
    }

    private static Task<IResult> DecideAsync(
        this CommandDesk desk,
        CaseFlowDatabase database,
        string view,
        Func<ProjectionState, StandingView?, DateTimeOffset, Decision<ProjectionEvent>> decide) => desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.Projections, StreamIds.Projections(session.Actor.Jurisdiction));
            var standing = await StandingAsync(database, session.Actor.Jurisdiction, view, session.Cancellation);
            session.Record(stream, decide(stream.State, standing, session.Now));
            return Commands.Answer.Done(stream);
        });

    private static async Task<StandingView?> StandingAsync(CaseFlowDatabase database, string jurisdiction, string name, CancellationToken cancellation)
    {
        if (database.Runner.Views.FirstOrDefault(one => one.Name == name) is not { } view)
            return null;
        var status = (await database.Statuses.OfAsync([view], jurisdiction, cancellation))[0];
        return new(name, view.Version, status.Failure is { } failure && failure.Version == view.Version ? new(failure.Position, failure.EventId) : null);
    }
}
