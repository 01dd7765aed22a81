using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Unit.Coaching;

/// <summary>Who coaches since when is told as it was, and what a coach did while they coached is theirs to tell, also once they have left.</summary>
public sealed class TellingCoachesLate : CoachingSpec
{
    private static readonly Guid Session = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1");
    private static readonly Guid Another = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f2");
    private static readonly Corrector Lead = new("coach-lead-1", Leads: true);
    private static readonly DateTimeOffset Left = Now.AddDays(5);
    private static readonly DateTimeOffset Later = Now.AddDays(12);

    private static UnassignCoach Leave(When? when = null) => new(In, CoachChangeReason.CoachLeft, Words, Later) { When = when };

    private static HoldSession Hold(DateTimeOffset at, string? by) =>
        new(In, Session, SessionKind.OneToOne, ContactMode.InPerson, 45, [], null, When.At(at)) { By = by };

    /// <summary>The first coach for five days, then nobody for two, then the second.</summary>
    private void GivenTwoCoaches()
    {
        GivenCoached();
        WhenAsked(state => UnassignCoach.Decide(Leave(When.At(Left)), state, Later)).Rejection.ShouldBeNull();
        WhenAsked(state => AssignCoach.Decide(Assign("coach-2") with { When = When.At(Left.AddDays(2)) }, state, Ordered, Later)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_coach_begins_and_leaves_when_it_is_said_they_did()
    {
        GivenTwoCoaches();

        State.Coached.ShouldBe([new CoachedTime("coach-1", Now, Left), new CoachedTime("coach-2", Left.AddDays(2), null)]);
        (State.Tenure.AssignedAt, State.HandoverOpen).ShouldBe((Left.AddDays(2), true));
    }

    [Fact]
    public void Nobody_begins_ahead_before_the_order_or_before_the_last_one_left()
    {
        var calendar = In.Calendar!;
        var ordersDay = calendar.DayOf(calendar.LocalDate(Now)).Start;
        AssignCoach At(DateTimeOffset at) => Assign("coach-1") with { When = When.At(at) };
        AssignCoach.Decide(At(Now.AddHours(1)), State, Ordered, Now).ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddHours(1), Now));
        AssignCoach.Decide(At(ordersDay.AddTicks(-1)), State, Ordered, Now).ShouldBeRefused(CoachingRejections.CoachBeforeOrder());
        AssignCoach.Decide(At(ordersDay), State, Ordered, Now).Rejection.ShouldBeNull("the order may be written down in the evening");

        GivenCoached();
        UnassignCoach.Decide(Leave(When.At(ordersDay.AddTicks(-1))), State, Later).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"coach assigned, {Now:u}"));
        UnassignCoach.Decide(Leave(When.At(Later.AddHours(1))), State, Later).ShouldBeRefused(TimeRejections.KnownInFuture(Later.AddHours(1), Later));
        WhenAsked(state => UnassignCoach.Decide(Leave(When.At(Left)), state, Later)).Rejection.ShouldBeNull();
        var leavingsDay = calendar.DayOf(calendar.LocalDate(Left)).Start;
        AssignCoach.Decide(Assign("coach-2") with { When = When.At(leavingsDay.AddTicks(-1)) }, State, Ordered, Later).ShouldBeRefused(CoachingRejections.CoachBeforeLastLeft());
        AssignCoach.Decide(Assign("coach-2") with { When = When.At(leavingsDay) }, State, Ordered, Later).Rejection.ShouldBeNull();
    }

    /// <summary>What was told of sessions stands: whoever left later than those is told so, and with a true time it is as late as may be.</summary>
    [Fact]
    public void Nobody_leaves_before_a_session_that_they_held_or_that_was_missed_with_them()
    {
        GivenCoached();
        var (held, missed) = (Now.AddDays(2), Now.AddDays(4));
        WhenAsked(state => ScheduleSession.Decide(new(In, Another, missed, SessionKind.OneToOne, ContactMode.InPerson), state, Now)).Rejection.ShouldBeNull();
        WhenAsked(state => HoldSession.Decide(Hold(held, "coach-1"), state, Later)).Rejection.ShouldBeNull();
        var early = When.At(held.AddMinutes(-1));
        var afterHeld = TimeRejections.BeforeWhatItFollows($"coaching session held, {held:u}");
        UnassignCoach.Decide(Leave(early), State, Later).ShouldBeRefused(afterHeld);
        EndCoaching.Decide(new(In, CoachingEndReason.Completed, early), State, Later).ShouldBeRefused(afterHeld);
        UnassignCoach.Decide(Leave(When.At(held)), State, Later).Rejection.ShouldBeNull();

        WhenAsked(state => MissSession.Decide(new(In, Another, Excused: false, null), state, Later)).Rejection.ShouldBeNull();
        EndCoaching.Decide(new(In, CoachingEndReason.Completed, When.At(held)), State, Later).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"coaching session missed, {missed:u}"));
        WhenAsked(state => ExcuseSession.Decide(new(In, Another, Words), state, Later)).Rejection.ShouldBeNull("nobody may have been there any more");
        WhenAsked(state => UnassignCoach.Decide(Leave(When.At(held)), state, Later)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_coaching_ends_after_its_coach_began_and_the_last_one_left_and_what_went_on_freely_after_that()
    {
        GivenTwoCoaches();
        EndCoaching End(DateTimeOffset at) => new(In, CoachingEndReason.Completed, When.At(at));
        EndCoaching.Decide(End(Left), State, Later).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"coach assigned, {Left.AddDays(2):u}"));
        WhenAsked(state => UnassignCoach.Decide(Leave(When.At(Left.AddDays(4))), state, Later)).Rejection.ShouldBeNull();
        EndCoaching.Decide(End(Left.AddDays(2)), State, Later).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"coach unassigned, {Left.AddDays(4):u}"));

        var over = In with { OrderEndedAt = Left.AddDays(5) };
        WhenAsked(state => ContinueCoaching.Decide(new(over, null, When.At(Left.AddDays(6))), state, Later)).Rejection.ShouldBeNull();
        EndCoaching.Decide(End(Left.AddDays(5)), State, Later).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"coaching continued, {Left.AddDays(6):u}"));
        EndCoaching.Decide(End(Left.AddDays(6)), State, Later).Rejection.ShouldBeNull();
    }

    /// <summary>What a changed order says now does not move since when somebody may coach.</summary>
    [Fact]
    public void A_changed_order_goes_on_from_the_first()
    {
        var changed = OrderCoaching.Decide(Order with { Order = Weekly with { Sessions = 2 }, When = When.At(Later) }, Ordered, Later).Events.Aggregate(Ordered, CoachingOrderState.Evolve);
        changed.AgreedAt.ShouldBe(Now);
        AssignCoach.Decide(Assign("coach-1") with { When = When.At(Left) }, State, changed, Later).Rejection.ShouldBeNull();

        var another = OrderCoaching.Decide(Order with { ProviderAgencyId = "peer-house", When = When.At(Later) }, Ordered, Later).Events.Aggregate(Ordered, CoachingOrderState.Evolve);
        another.AgreedAt.ShouldBe(Later);
        LiftOrder.Decide(new(In, CoachingEndReason.OrderLifted, When.At(Later)), Ordered, Later).Events.Aggregate(Ordered, CoachingOrderState.Evolve).AgreedAt.ShouldBeNull();
    }

    /// <summary>Who is said to have left on a day coached in it at any hour, and on the next one no more.</summary>
    [Fact]
    public void Who_left_by_the_day_did_not_coach_on_the_next()
    {
        GivenCoached();
        var calendar = In.Calendar!;
        When On(int day) => calendar.DayOf(calendar.LocalDate(Now).AddDays(day)) is var (start, end) ? new(start, TimePrecision.Day, Later, end) : default;
        WhenAsked(state => UnassignCoach.Decide(Leave(On(5)), state, Later)).Rejection.ShouldBeNull();

        (State.CoachAt(On(5), calendar), State.CoachAt(On(6), calendar)).ShouldBe(("coach-1", null));
        AssignCoach.Decide(Assign("coach-2") with { When = On(4) }, State, Ordered, Later).ShouldBeRefused(CoachingRejections.CoachBeforeLastLeft());
        AssignCoach.Decide(Assign("coach-2") with { When = On(5) }, State, Ordered, Later).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Nobody_leaves_on_the_day_before_a_session_of_the_first_minute()
    {
        GivenCoached();
        var calendar = In.Calendar!;
        var (start, end) = calendar.DayOf(calendar.LocalDate(Now).AddDays(3));
        WhenAsked(state => HoldSession.Decide(Hold(end, "coach-1"), state, Later)).Rejection.ShouldBeNull();

        UnassignCoach.Decide(Leave(new When(start, TimePrecision.Day, Later, end)), State, Later).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"coaching session held, {end:u}"));
    }

    [Fact]
    public void Who_left_tells_what_was_held_while_they_coached_and_nothing_else()
    {
        GivenTwoCoaches();

        HoldSession.Decide(Hold(Left.AddDays(-1), "coach-1"), State, Later).Events.Single().ShouldBeOfType<CoachingSessionHeld>().CoachId.ShouldBe("coach-1");
        HoldSession.Decide(Hold(Left.AddDays(3), "coach-1"), State, Later).ShouldBeRefused(CoachingRejections.NotFound());
        HoldSession.Decide(Hold(Left.AddDays(-1), "coach-3"), State, Later).ShouldBeRefused(CoachingRejections.NotFound());
        HoldSession.Decide(Hold(Left.AddDays(3), "coach-2"), State, Later).Events.Single().ShouldBeOfType<CoachingSessionHeld>().CoachId.ShouldBe("coach-2");
        HoldSession.Decide(Hold(Left.AddDays(-1), "coach-2"), State, Later).Events.Single().ShouldBeOfType<CoachingSessionHeld>().CoachId.ShouldBe("coach-1", "whoever coaches tells it for them");
    }

    [Fact]
    public void Who_left_tells_what_was_missed_while_they_coached()
    {
        GivenCoached();
        WhenAsked(state => ScheduleSession.Decide(new(In, Session, Left.AddDays(-1), SessionKind.OneToOne, ContactMode.InPerson), state, Now)).Rejection.ShouldBeNull();
        WhenAsked(state => UnassignCoach.Decide(Leave(When.At(Left)), state, Later)).Rejection.ShouldBeNull();
        MissSession Miss(Guid id, string by) => new(In, id, Excused: false, null) { By = by };

        MissSession.Decide(Miss(Session, "coach-1"), State, Later).Events.Single().ShouldBeOfType<CoachingSessionMissed>();
        MissSession.Decide(Miss(Session, "coach-3"), State, Later).ShouldBeRefused(CoachingRejections.NotFound());
        MissSession.Decide(Miss(Guid.NewGuid(), "coach-1"), State, Later).ShouldBeRefused(CoachingRejections.NotFound());
    }

    /// <summary>The participation is over and its order with it; coach and client went on freely, and that is over too.</summary>
    [Fact]
    public void What_was_held_freely_is_told_also_once_that_has_ended()
    {
        var over = Now.AddDays(1);
        GivenCoached();
        WhenAsked(state => ContinueCoaching.Decide(new(In with { OrderEndedAt = over }, Words, When.At(over)), state, Later)).Rejection.ShouldBeNull();
        WhenAsked(state => EndCoaching.Decide(new(In, CoachingEndReason.Completed, When.At(Left)), state, Later)).Rejection.ShouldBeNull();
        EndedOrder.Of(State, Ordered, over, In.Calendar!).ShouldBe(over);
        State.FreeUntil.ShouldBe(Left);
        var ended = In with { OrderEndedAt = over, FreeUntil = State.FreeUntil };

        HoldSession.Decide(Hold(Left.AddHours(-1), "coach-1") with { In = ended }, State, Later).Events.Single().ShouldBeOfType<CoachingSessionHeld>();
        HoldSession.Decide(Hold(Left.AddHours(-1), "coach-1") with { In = ended with { FreeUntil = null } }, State, Later).ShouldBeRefused(CoachingRejections.OrderEnded());
        HoldSession.Decide(Hold(Left.AddDays(1), null) with { In = ended }, State, Later).ShouldBeRefused(CoachingRejections.OrderEnded());
    }

    [Fact]
    public void A_correction_names_who_held_it_who_coached_and_was_certified_then()
    {
        GivenTwoCoaches();
        var fact = WhenAsked(state => HoldSession.Decide(Hold(Left.AddDays(2), "coach-2"), state, Later)).Events.Single();
        var entry = new CoachingEntry(Guid.Parse("0195d6c4-0000-7000-8000-0000000000f9"), fact, "coach-2");
        CorrectSession Right(string? coachId, When? when = null, Attendance attended = Attendance.Attended) =>
            new(In, entry, new SessionOutcome(attended, SessionKind.OneToOne, attended == Attendance.Attended ? 45 : null), when, Lead, Words) { CoachId = coachId, CoachCertified = true };

        CorrectSession.Decide(Right("coach-1"), State, Later).ShouldBeRefused(CoachingRejections.AnotherCoachThen());
        CorrectSession.Decide(Right("coach-2"), State, Later).ShouldBeAlreadyDone();
        CorrectSession.Decide(Right("coach-1", When.At(Left.AddDays(-1))) with { CoachCertified = false }, State, Later).ShouldBeRefused(CoachingRejections.CoachNotCertifiedThen());
        CorrectSession.Decide(Right("coach-1", attended: Attendance.Missed), State, Later).ShouldBeRefused(CoachingRejections.NobodyHeldIt());
        CorrectSession.Decide(Right(null, When.At(Left.AddDays(2).AddHours(1))), State, Later).Events.Single().ShouldBeOfType<CoachingSessionCorrected>().CoachId.ShouldBeNull("she coached then, too");

        var moved = WhenAsked(state => CorrectSession.Decide(Right(null, When.At(Left.AddDays(-1))), state, Later)).Events.Single().ShouldBeOfType<CoachingSessionCorrected>();
        (moved.CoachId, State.HeldBy[Session]).ShouldBe(("coach-1", "coach-1"));
    }

    /// <summary>On the day of a change both coach; only a correction says that it was the one who left.</summary>
    [Fact]
    public void Of_a_day_on_which_two_coached_it_says_which()
    {
        GivenCoached();
        WhenAsked(state => UnassignCoach.Decide(Leave(When.At(Left)), state, Later)).Rejection.ShouldBeNull();
        WhenAsked(state => AssignCoach.Decide(Assign("coach-2") with { When = When.At(Left.AddMinutes(1)) }, state, Ordered, Later)).Rejection.ShouldBeNull();
        var fact = WhenAsked(state => HoldSession.Decide(Hold(Left.AddMinutes(-30), "coach-2"), state, Later)).Events.Single().ShouldBeOfType<CoachingSessionHeld>();
        fact.CoachId.ShouldBe("coach-2");
        var entry = new CoachingEntry(Guid.NewGuid(), fact, "coach-2");

        WhenAsked(state => CorrectSession.Decide(
            new(In, entry, new SessionOutcome(Attendance.Attended, SessionKind.OneToOne, 45), null, Lead, Words) { CoachId = "coach-1", CoachCertified = true }, state, Later))
            .Events.Single().ShouldBeOfType<CoachingSessionCorrected>().CoachId.ShouldBe("coach-1");
        State.HeldBy[Session].ShouldBe("coach-1");
    }
}
