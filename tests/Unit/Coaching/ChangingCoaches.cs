using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Unit.Coaching;

/// <summary>One coach after another, each with what the one before left (R24, scenario 8).</summary>
public sealed class ChangingCoaches : CoachingSpec
{
    [Fact]
    public void A_coach_is_assigned_to_what_was_accepted_or_ordered()
    {
        var offered = Ordered with { Phase = CoachingOrderPhase.Offered };
        AssignCoach.Check("recovery-coaches", State, CoachingOrderState.Initial).ShouldBe(CoachingRejections.NotFound());
        AssignCoach.Check("recovery-coaches", State, offered).ShouldBe(CoachingRejections.NotFound());
        AssignCoach.Check("peer-house", State, Ordered).ShouldBe(CoachingRejections.NotFound());

        WhenAsked(state => AssignCoach.Decide(Assign("coach-1") with { AboveAdvised = true }, state, Ordered, Now)).ShouldRecord(Fact((participation, client) =>
            new CoachAssigned("coach-1", "recovery-coaches", "aftercare", AboveAdvised: true, 1) { ParticipationId = participation, ClientId = client }));
        WhenAsked(state => AssignCoach.Decide(Assign("coach-1"), state, Ordered, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => AssignCoach.Decide(Assign("coach-2"), state, Ordered, Now)).ShouldBeRefused(CoachingRejections.CoachThere());
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now), state, Now));
        WhenAsked(state => AssignCoach.Decide(Assign("coach-2"), state, offered, Now)).ShouldBeRefused(CoachingRejections.NotAgreed());
    }

    [Fact]
    public void Nobody_leaves_without_a_note_for_the_next()
    {
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now), state, Now)).ShouldBeRefused(CoachingRejections.NotFound());
        GivenCoached();

        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, null, Now), state, Now)).ShouldBeRefused(CoachingRejections.HandoverNoteMissing());
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now.AddDays(2)), state, Now)).ShouldRecord(Fact((participation, client) =>
            new CoachUnassigned("coach-1", CoachChangeReason.CoachLeft, Words, Now.AddDays(2)) { ParticipationId = participation, ClientId = client }));
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now), state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void The_next_coach_reads_the_handover_and_the_first_has_none()
    {
        GivenCoached();
        State.HandoverOpen.ShouldBeFalse();
        WhenAsked(state => CompleteHandover.Decide(new(In, "coach-1"), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.Reassigned, Words, Now), state, Now));
        GivenCoached("coach-2");

        State.HandoverOpen.ShouldBeTrue();
        WhenAsked(state => CompleteHandover.Decide(new(In, "coach-1"), state, Now)).ShouldBeRefused(CoachingRejections.NotTheCoach());
        WhenAsked(state => CompleteHandover.Decide(new(In, "coach-2"), state, Now)).Events.Single().ShouldBeOfType<HandoverCompleted>();
        WhenAsked(state => CompleteHandover.Decide(new(In, "coach-2"), state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void A_coaching_ends_once_and_leaves_nobody_assigned()
    {
        EndCoaching.Decide(new(In, CoachingEndReason.Moved, When.At(Now)), State, Now).ShouldBeRefused(CoachingRejections.NotFound());
        GivenCoached();
        WhenAsked(state => EndCoaching.Decide(new(In, CoachingEndReason.Completed, When.At(Now)), state, Now)).Events.Single().ShouldBeOfType<CoachingEnded>();
        WhenAsked(state => EndCoaching.Decide(new(In, CoachingEndReason.Completed, When.At(Now)), state, Now)).ShouldBeAlreadyDone();
        State.CoachId.ShouldBeNull();

        GivenCoached("coach-2");
        State.HandoverOpen.ShouldBeTrue("the client had a coach before");
    }

    [Fact]
    public void No_handover_is_read_of_what_never_was() =>
        CompleteHandover.Decide(new(In, "coach-1"), State, Now).ShouldBeRefused(CoachingRejections.NotFound());
}
