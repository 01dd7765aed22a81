using CaseFlow.Domain;
using CaseFlow.Domain.Administration;

namespace CaseFlow.Unit.Administration;

public sealed class ResumingAView() : Spec<ProjectionState, ProjectionEvent>(ProjectionState.Initial, ProjectionState.Evolve)
{
    private static readonly Guid Event = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly StandingView Stopped = new("timeline", 2, new ViewStop(41, Event));
    private static readonly ResumeView Resume = new("timeline", "There is room on the disk again.");

    [Fact]
    public void Records_what_it_stood_before() => WhenAsked(_ => ResumeView.Decide(Resume, Stopped, Now))
        .ShouldRecord(new ViewResumed("timeline", 2, Event, 41, "There is room on the disk again.").At(Now));

    [Fact]
    public void Records_it_as_often_as_it_stands_still()
    {
        WhenAsked(_ => ResumeView.Decide(Resume, Stopped, Now)).Events.Count.ShouldBe(1);
        WhenAsked(_ => ResumeView.Decide(Resume, Stopped, Now)).Events.Count.ShouldBe(1);
    }

    [Fact]
    public void Names_no_event_while_none_is_known_to_be_at_fault() =>
        WhenAsked(_ => ResumeView.Decide(Resume, Stopped with { Stop = new ViewStop(41, null) }, Now))
            .ShouldRecord(new ViewResumed("timeline", 2, null, 41, "There is room on the disk again.").At(Now));

    [Fact]
    public void Is_refused_for_a_view_that_moves() => WhenAsked(_ => ResumeView.Decide(Resume, Stopped with { Stop = null }, Now))
        .ShouldBeRefused(ProjectionRejections.NotStopped("timeline"));

    [Fact]
    public void Is_refused_for_a_view_that_there_is_not() => WhenAsked(_ => ResumeView.Decide(Resume, null, Now))
        .ShouldBeRefused(ProjectionRejections.NotFound("timeline"));
}
