using CaseFlow.Domain;
using CaseFlow.Domain.Administration;

namespace CaseFlow.Unit.Administration;

public sealed class SkippingAnEvent() : Spec<ProjectionState, ProjectionEvent>(ProjectionState.Initial, ProjectionState.Evolve)
{
    private static readonly Guid Event = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly StandingView Stopped = new("timeline", 2, new ViewStop(41, Event));
    private static readonly SkipEvent Skip = new("timeline", Event, 41, "It was withdrawn.");

    private static ViewEventSkipped Skipped => new ViewEventSkipped("timeline", 2, Event, 41, "It was withdrawn.").At(Now);

    [Fact]
    public void Records_view_version_event_and_reason() =>
        WhenAsked(state => SkipEvent.Decide(Skip, state, Stopped, Now)).ShouldRecord(Skipped);

    [Fact]
    public void Twice_changes_nothing_wherever_the_view_stands_by_then()
    {
        Given(Skipped);

        WhenAsked(state => SkipEvent.Decide(Skip, state, Stopped, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => SkipEvent.Decide(Skip, state, Stopped with { Stop = null }, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => SkipEvent.Decide(Skip, state, Stopped with { Stop = new ViewStop(50, Guid.Empty) }, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_decided_anew_for_another_version_and_another_view()
    {
        Given(Skipped);

        WhenAsked(state => SkipEvent.Decide(Skip, state, Stopped with { Version = 3 }, Now)).Events.Count.ShouldBe(1);
        WhenAsked(state => SkipEvent.Decide(Skip with { View = "caseload" }, state, Stopped with { Name = "caseload" }, Now)).Events.Count.ShouldBe(1);
    }

    [Fact]
    public void Is_refused_for_another_event_than_the_one_it_stands_before()
    {
        var elsewhere = ProjectionRejections.StoppedElsewhere("timeline");

        WhenAsked(state => SkipEvent.Decide(Skip with { EventId = Guid.Empty }, state, Stopped, Now)).ShouldBeRefused(elsewhere);
        WhenAsked(state => SkipEvent.Decide(Skip with { Position = 40 }, state, Stopped, Now)).ShouldBeRefused(elsewhere);
        WhenAsked(state => SkipEvent.Decide(Skip, state, Stopped with { Stop = new ViewStop(41, null) }, Now)).ShouldBeRefused(elsewhere);
    }

    [Fact]
    public void Is_refused_for_a_view_that_moves_or_that_there_is_not()
    {
        WhenAsked(state => SkipEvent.Decide(Skip, state, Stopped with { Stop = null }, Now)).ShouldBeRefused(ProjectionRejections.NotStopped("timeline"));
        WhenAsked(state => SkipEvent.Decide(Skip, state, null, Now)).ShouldBeRefused(ProjectionRejections.NotFound("timeline"));
    }
}
