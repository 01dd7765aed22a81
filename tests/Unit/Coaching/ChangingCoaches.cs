using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Unit.Coaching;

/// <summary>One coach after another, each with what the one before left (R24, scenario 8).</summary>
public sealed class ChangingCoaches : CoachingSpec
{
    private static EndCoaching End => new(In, CoachingEndReason.Completed, When.At(Now));

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

        WhenAsked(state => AssignCoach.Decide(Assign("coach-2") with { HandoverNote = Words }, state, Ordered, Now)).Rejection.ShouldBeNull();
        State.HandoverOpen.ShouldBeTrue("the client had a coach before");
    }

    /// <summary>R24: ending and assigning is no way round the note.</summary>
    [Fact]
    public void After_an_end_without_a_note_whoever_assigns_the_next_coach_says_what_they_must_know()
    {
        GivenCoached();
        WhenAsked(state => EndCoaching.Decide(End, state, Now));

        WhenAsked(state => AssignCoach.Decide(Assign("coach-2"), state, Ordered, Now)).ShouldBeRefused(CoachingRejections.HandoverNoteMissing());
        WhenAsked(state => AssignCoach.Decide(Assign("coach-1"), state, Ordered, Now)).ShouldBeRefused(CoachingRejections.HandoverNoteMissing());
        WhenAsked(state => EndCoaching.Decide(End with { HandoverNote = Words }, state, Now)).ShouldBeRefused(CoachingRejections.NoteAfterTheEnd());
        WhenAsked(state => AssignCoach.Decide(Assign("coach-2") with { HandoverNote = Words }, state, Ordered, Now)).ShouldRecord(Fact((participation, client) =>
            new CoachAssigned("coach-2", "recovery-coaches", "aftercare", AboveAdvised: false, 1) { ParticipationId = participation, ClientId = client, HandoverNote = Words }));
        State.NoteOwed.ShouldBeFalse();
    }

    [Fact]
    public void A_note_that_was_left_at_the_end_or_before_it_is_enough()
    {
        GivenCoached();
        WhenAsked(state => EndCoaching.Decide(End with { HandoverNote = Words }, state, Now)).Events.Single().ShouldBeOfType<CoachingEnded>().HandoverNote.ShouldBe(Words);
        WhenAsked(state => EndCoaching.Decide(End with { HandoverNote = Words }, state, Now)).ShouldBeAlreadyDone();
        GivenCoached("coach-2");

        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now), state, Now));
        WhenAsked(state => EndCoaching.Decide(End, state, Now)).Rejection.ShouldBeNull();
        State.NoteOwed.ShouldBeFalse("the coach who left has said it");
        GivenCoached("coach-1");
    }

    /// <summary>What the coach who left has said is enough, so no note is owed; one that comes after the end is refused nevertheless, and not dropped.</summary>
    [Fact]
    public void A_note_after_an_end_that_owed_none_is_refused_and_the_one_that_was_told_is_told_again()
    {
        GivenCoached();
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now), state, Now));
        WhenAsked(state => EndCoaching.Decide(End, state, Now));
        (State.NoteOwed, State.NoteLeft).ShouldBe((false, false));
        WhenAsked(state => EndCoaching.Decide(End with { HandoverNote = Words }, state, Now)).ShouldBeRefused(CoachingRejections.NoteAfterTheEnd());
        WhenAsked(state => EndCoaching.Decide(End, state, Now)).ShouldBeAlreadyDone();

        GivenCoached("coach-2");
        WhenAsked(state => EndCoaching.Decide(End with { HandoverNote = Words }, state, Now)).Rejection.ShouldBeNull();
        WhenAsked(state => EndCoaching.Decide(End with { HandoverNote = Words, OnRecord = Words.Plain() }, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => EndCoaching.Decide(End with { HandoverNote = Sealed<string>.Of("Something else."), OnRecord = Words.Plain() }, state, Now)).ShouldBeRefused(CoachingRejections.NoteAfterTheEnd());
    }

    /// <summary>Another note would be lost behind a success.</summary>
    [Fact]
    public void Whoever_coaches_already_is_assigned_with_the_note_that_is_on_record()
    {
        GivenCoached();
        var other = Sealed<string>.Of("Something else.");
        WhenAsked(state => AssignCoach.Decide(Assign("coach-1") with { HandoverNote = other }, state, Ordered, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.Reassigned, Words, Now), state, Now));
        GivenCoached("coach-2");

        WhenAsked(state => AssignCoach.Again("coach-2", state, Words, When.At(Now), Now, CoachChangeReason.Reassigned)).ShouldBeAlreadyDone();
        WhenAsked(state => AssignCoach.Again("coach-2", state, null, When.At(Now), Now, CoachChangeReason.Reassigned)).ShouldBeRefused(CoachingRejections.HandoverNoteMissing());
        WhenAsked(state => AssignCoach.Again("coach-2", state, null, When.At(Now), Now, CoachChangeReason.CoachLeft)).ShouldBeRefused(CoachingRejections.HandoverNoteMissing());
        WhenAsked(state => AssignCoach.Again("coach-2", state, other, When.At(Now), Now, CoachChangeReason.Reassigned)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        WhenAsked(state => AssignCoach.Again("coach-2", state, Words, When.At(Now), Now, CoachChangeReason.CoachLeft)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        WhenAsked(state => AssignCoach.Again("coach-2", state, Words, When.At(Now.AddHours(-3)), Now, CoachChangeReason.Reassigned)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    /// <summary>Who took over once and takes over again is asked about the last time.</summary>
    [Fact]
    public void Who_took_over_is_compared_with_the_leaving_that_they_took_over_by()
    {
        GivenCoached();
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.Reassigned, Words, Now), state, Now));
        GivenCoached("coach-2");
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now), state, Now));
        GivenCoached("coach-1");
        State.Left!.CoachId.ShouldBe("coach-2");
        WhenAsked(state => AssignCoach.Again("coach-1", state, Words, When.At(Now), Now, CoachChangeReason.CoachLeft)).ShouldBeAlreadyDone();
        WhenAsked(state => AssignCoach.Again("coach-1", state, Words, When.At(Now), Now, CoachChangeReason.Reassigned)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void Whoever_began_with_a_note_is_assigned_with_it_again()
    {
        GivenCoached();
        WhenAsked(state => EndCoaching.Decide(End, state, Now));
        var assign = Assign("coach-2") with { HandoverNote = Words };
        WhenAsked(state => AssignCoach.Decide(assign, state, Ordered, Now)).Rejection.ShouldBeNull();

        WhenAsked(state => AssignCoach.Decide(assign, state, Ordered, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => AssignCoach.Again("coach-2", state, Words, When.At(Now), Now, CoachChangeReason.Reassigned)).ShouldBeAlreadyDone();
        WhenAsked(state => AssignCoach.Decide(assign with { HandoverNote = Sealed<string>.Of("Something else.") }, state, Ordered, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    /// <summary>What was recorded before ends knew of notes owes one too.</summary>
    [Fact]
    public void Ending_twice_without_a_note_still_owes_one()
    {
        GivenCoached();
        WhenAsked(state => EndCoaching.Decide(End, state, Now));
        WhenAsked(state => AssignCoach.Decide(Assign("coach-2") with { HandoverNote = Words }, state, Ordered, Now));
        WhenAsked(state => EndCoaching.Decide(End, state, Now));

        State.NoteOwed.ShouldBeTrue();
    }

    [Fact]
    public void An_end_says_until_when_there_is_to_be_a_next_coach_and_begins_no_time_anew()
    {
        GivenCoached();
        var ended = EndCoaching.Decide(End with { NextCoachBy = Now.AddDays(2), CourtVersion = 4 }, State, Now).Events.Single().ShouldBeOfType<CoachingEnded>();
        (ended.NextCoachBy, ended.CourtVersion).ShouldBe((Now.AddDays(2), 4));
        var over = EndCoaching.Decide(End with { CourtVersion = 4 }, State, Now).Events.Single().ShouldBeOfType<CoachingEnded>();
        (over.NextCoachBy, over.CourtVersion).ShouldBe((null, null), "nobody is to come");

        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now.AddDays(1), 3), state, Now));
        var later = EndCoaching.Decide(End with { NextCoachBy = Now.AddDays(2), CourtVersion = 4 }, State, Now).Events.Single().ShouldBeOfType<CoachingEnded>();
        (later.NextCoachBy, later.CourtVersion).ShouldBe((Now.AddDays(1), 3), "the time runs since the coach left");
    }

    /// <summary>An order stands until the court lifts it or it runs out; an offer binds nobody, and the dead want no coach.</summary>
    [Theory]
    [InlineData(CoachingEndReason.Completed, true, false)]
    [InlineData(CoachingEndReason.Declined, true, false)]
    [InlineData(CoachingEndReason.NoContact, true, false)]
    [InlineData(CoachingEndReason.Moved, true, false)]
    [InlineData(CoachingEndReason.OrderLifted, true, true)] // which it was not
    [InlineData(CoachingEndReason.ParticipationEnded, true, true)]
    [InlineData(CoachingEndReason.Deceased, false, false)]
    public void What_a_court_ordered_wants_a_next_coach_after_an_end(CoachingEndReason reason, bool ifOrdered, bool ifAccepted)
    {
        bool Wants(CoachingOrderState order, DateOnly on, string agency = "recovery-coaches") => EndCoaching.WantsNext(reason, agency, order, on);

        Wants(Ordered, Today).ShouldBe(ifOrdered);
        Wants(Ordered with { Order = null }, Today).ShouldBe(ifAccepted);
        Wants(Ordered, Weekly.Until).ShouldBe(ifOrdered);
        Wants(Ordered, Weekly.Until.AddDays(1)).ShouldBeFalse("it has run out");
        Wants(Ordered, Today, "peer-house").ShouldBeFalse("another provider is ordered");
        foreach (var phase in new[] { CoachingOrderPhase.Offered, CoachingOrderPhase.Declined, CoachingOrderPhase.Lifted, CoachingOrderPhase.None })
            Wants(Ordered with { Phase = phase }, Today).ShouldBeFalse();
    }

    [Fact]
    public void No_handover_is_read_of_what_never_was() =>
        CompleteHandover.Decide(new(In, "coach-1"), State, Now).ShouldBeRefused(CoachingRejections.NotFound());
}
