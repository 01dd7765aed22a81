using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Unit.Coaching;

/// <summary>Sessions agreed, moved, held, missed and excused.</summary>
public sealed class MeetingTheClient : CoachingSpec
{
    private static readonly Guid Session = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1");
    private static readonly DateTimeOffset Tomorrow = Now.AddDays(1);

    private static ScheduleSession Schedule => new(In, Session, Tomorrow, SessionKind.OneToOne, ContactMode.InPerson);

    private static HoldSession Hold(DateTimeOffset at) => new(In, Session, SessionKind.OneToOne, ContactMode.InPerson, 45, [], Words, When.At(at));

    [Fact]
    public void Sessions_belong_to_a_coaching_that_has_a_coach()
    {
        ScheduleSession.Decide(Schedule, State, Now).ShouldBeRefused(CoachingRejections.NotFound());
        GivenCoached();
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now), state, Now));
        WhenAsked(state => ScheduleSession.Decide(Schedule, state, Now)).ShouldBeRefused(CoachingRejections.NoCoach());
        HoldSession.Decide(Hold(Tomorrow), State, Tomorrow).ShouldBeRefused(CoachingRejections.NoCoach());
        GivenCoached();
        WhenAsked(state => EndCoaching.Decide(new(In, CoachingEndReason.Moved, When.At(Now)), state, Now));
        WhenAsked(state => MissSession.Decide(new(In, Session, false, null), state, Now)).ShouldBeRefused(CoachingRejections.Over());
    }

    [Fact]
    public void A_session_is_agreed_ahead_and_moved()
    {
        GivenCoached();
        WhenAsked(state => ScheduleSession.Decide(Schedule with { StartsAt = Now.AddMinutes(-1) }, state, Now)).ShouldBeRefused(CoachingRejections.SessionInPast());
        WhenAsked(state => RescheduleSession.Decide(new(In, Session, Tomorrow, SessionParty.Client), state, Now)).ShouldBeRefused(CoachingRejections.SessionUnknown());
        WhenAsked(state => ScheduleSession.Decide(Schedule, state, Now)).Events.Single().ShouldBeOfType<CoachingSessionScheduled>();
        WhenAsked(state => ScheduleSession.Decide(Schedule, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => ScheduleSession.Decide(Schedule with { Kind = SessionKind.Group }, state, Now)).ShouldBeRefused(CoachingRejections.SessionKnown());

        WhenAsked(state => RescheduleSession.Decide(new(In, Session, Tomorrow, SessionParty.Client), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => RescheduleSession.Decide(new(In, Session, Now.AddHours(-1), SessionParty.Client), state, Now)).ShouldBeRefused(CoachingRejections.SessionInPast());
        WhenAsked(state => RescheduleSession.Decide(new(In, Session, Tomorrow.AddDays(1), SessionParty.Client), state, Now)).Events.Single()
            .ShouldBeOfType<CoachingSessionRescheduled>();
        State.Sessions[Session].StartsAt.ShouldBe(Tomorrow.AddDays(1));
    }

    [Fact]
    public void A_session_is_held_once_by_the_coach_of_then()
    {
        GivenCoached();
        WhenAsked(state => HoldSession.Decide(Hold(Now) with { Minutes = 0 }, state, Now)).ShouldBeRefused(CoachingRejections.MinutesUnsound(720));
        WhenAsked(state => HoldSession.Decide(Hold(Now) with { Minutes = 721 }, state, Now)).ShouldBeRefused(CoachingRejections.MinutesUnsound(720));
        WhenAsked(state => HoldSession.Decide(Hold(Now) with { PlanItems = [Session] }, state, Now)).ShouldBeRefused(CoachingRejections.GoalUnknown("planItems"));
        WhenAsked(state => HoldSession.Decide(Hold(Tomorrow), state, Now)).Rejection!.Code.ShouldBe("known-in-future");

        WhenAsked(state => HoldSession.Decide(Hold(Now), state, Now)).Events.Single().ShouldBeOfType<CoachingSessionHeld>().CoachId.ShouldBe("coach-1");
        WhenAsked(state => HoldSession.Decide(Hold(Now), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => MissSession.Decide(new(In, Session, false, null), state, Now)).ShouldBeRefused(CoachingRejections.SessionHeld());
        WhenAsked(state => RescheduleSession.Decide(new(In, Session, Tomorrow, SessionParty.Coach), state, Now)).ShouldBeRefused(CoachingRejections.SessionHeld());
        WhenAsked(state => ExcuseSession.Decide(new(In, Session, Words), state, Now)).ShouldBeRefused(CoachingRejections.NothingToExcuse());
    }

    [Fact]
    public void Nobody_held_a_session_before_there_was_a_coach_or_between_two()
    {
        GivenCoached();
        var calendar = In.Calendar!;
        var firstDay = calendar.DayOf(calendar.LocalDate(Now)).Start;
        WhenAsked(state => HoldSession.Decide(Hold(Now.AddDays(-200)), state, Now)).ShouldBeRefused(CoachingRejections.NobodyCoachedThen());
        WhenAsked(state => HoldSession.Decide(Hold(Now.AddTicks(-1)) with { In = In with { Calendar = null } }, state, Now)).ShouldBeRefused(CoachingRejections.NobodyCoachedThen());
        WhenAsked(state => HoldSession.Decide(Hold(firstDay.AddTicks(-1)), state, Now)).ShouldBeRefused(CoachingRejections.NobodyCoachedThen());
        HoldSession.Decide(Hold(firstDay), State, Now).Rejection.ShouldBeNull("the assignment may be written down in the evening");

        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now), state, Now.AddDays(5)));
        WhenAsked(state => AssignCoach.Decide(Assign("coach-2"), state, Ordered, Now.AddDays(9)));
        var later = Now.AddDays(10);
        WhenAsked(state => HoldSession.Decide(Hold(Now.AddDays(7)), state, later)).ShouldBeRefused(CoachingRejections.NobodyCoachedThen());
        WhenAsked(state => HoldSession.Decide(Hold(Now.AddDays(3)), state, later)).Events.Single().ShouldBeOfType<CoachingSessionHeld>().CoachId.ShouldBe("coach-1", "told late it is still hers");
    }

    [Fact]
    public void What_came_of_a_session_is_told_also_once_nobody_coaches()
    {
        HoldSession.Decide(Hold(Now), State, Now).ShouldBeRefused(CoachingRejections.NotFound());
        MissSession.Decide(new(In, Session, false, null), State, Now).ShouldBeRefused(CoachingRejections.NotFound());
        var (toCome, left) = (Guid.NewGuid(), Now.AddDays(5));
        GivenCoached();
        WhenAsked(state => ScheduleSession.Decide(Schedule, state, Now));
        WhenAsked(state => ScheduleSession.Decide(Schedule with { SessionId = toCome, StartsAt = left.AddDays(1) }, state, Now));
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, left), state, left)).Rejection.ShouldBeNull();
        ToldLate(CoachingRejections.NoCoach());

        WhenAsked(state => EndCoaching.Decide(new(In, CoachingEndReason.Moved, When.At(left.AddDays(2))), state, left.AddDays(2))).Rejection.ShouldBeNull();
        ToldLate(CoachingRejections.Over());

        void ToldLate(Rejection since)
        {
            var now = left.AddDays(3);
            HoldSession.Decide(Hold(Tomorrow), State, now).Events.Single().ShouldBeOfType<CoachingSessionHeld>().CoachId.ShouldBe("coach-1");
            HoldSession.Decide(Hold(left.AddDays(1)), State, now).ShouldBeRefused(since);
            MissSession.Decide(new(In, Session, false, null), State, now).Events.Single().ShouldBeOfType<CoachingSessionMissed>();
            MissSession.Decide(new(In, toCome, false, null), State, now).ShouldBeRefused(since);
            HoldSession.Decide(Hold(Tomorrow) with { In = In with { OrderEndedAt = Tomorrow } }, State, now).ShouldBeRefused(CoachingRejections.OrderEnded());
            MissSession.Decide(new(In with { OrderEndedAt = Tomorrow }, Session, false, null), State, now).ShouldBeRefused(CoachingRejections.OrderEnded());
            HoldSession.Decide(Hold(Tomorrow) with { In = In with { OrderEndedAt = Tomorrow.AddTicks(1) } }, State, now).Rejection.ShouldBeNull();
        }
    }

    [Fact]
    public void Nobody_missed_a_session_between_two_coaches_and_the_next_one_says_why_it_was_not_held()
    {
        GivenCoached();
        WhenAsked(state => ScheduleSession.Decide(Schedule with { StartsAt = Now.AddDays(6) }, state, Now));
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.CoachLeft, Words, Now), state, Now.AddDays(5)));
        WhenAsked(state => AssignCoach.Decide(Assign("coach-2"), state, Ordered, Now.AddDays(9))).Rejection.ShouldBeNull();

        MissSession.Decide(new(In, Session, false, null), State, Now.AddDays(10)).ShouldBeRefused(CoachingRejections.NobodyCoachedThen());
        MissSession.Decide(new(In, Session, true, Words), State, Now.AddDays(10)).Events.Single().ShouldBeOfType<CoachingSessionMissed>().Excused.ShouldBeTrue();
    }

    [Fact]
    public void A_session_is_missed_when_it_should_have_begun_and_may_be_excused_later()
    {
        GivenCoached();
        WhenAsked(state => MissSession.Decide(new(In, Session, false, null), state, Now)).ShouldBeRefused(CoachingRejections.SessionUnknown());
        WhenAsked(state => ExcuseSession.Decide(new(In, Session, Words), state, Now)).ShouldBeRefused(CoachingRejections.SessionUnknown());
        WhenAsked(state => ScheduleSession.Decide(Schedule, state, Now));
        WhenAsked(state => MissSession.Decide(new(In, Session, false, null), state, Now)).ShouldBeRefused(CoachingRejections.SessionAhead());
        var after = Tomorrow.AddHours(1);
        WhenAsked(state => MissSession.Decide(new(In, Session, true, null), state, after)).ShouldBeRefused(CoachingRejections.ExcuseMissing());

        var missed = WhenAsked(state => MissSession.Decide(new(In, Session, false, null), state, after)).Events.Single().ShouldBeOfType<CoachingSessionMissed>();
        (missed.OccurredAt, missed.KnownAt, missed.Excused).ShouldBe((Tomorrow, after, false));
        WhenAsked(state => MissSession.Decide(new(In, Session, false, null), state, after)).ShouldBeAlreadyDone();
        WhenAsked(state => HoldSession.Decide(Hold(after), state, after)).ShouldBeRefused(CoachingRejections.SessionMissed());
        WhenAsked(state => RescheduleSession.Decide(new(In, Session, after.AddDays(1), SessionParty.Coach), state, after)).ShouldBeRefused(CoachingRejections.SessionMissed());

        WhenAsked(state => ExcuseSession.Decide(new(In, Session, Words), state, after)).Events.Single().ShouldBeOfType<CoachingSessionExcused>();
        WhenAsked(state => ExcuseSession.Decide(new(In, Session, Words), state, after)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Only_the_coach_keeps_a_note_of_their_own()
    {
        KeepNote.Decide(new(In, "coach-1", Words), State, Now).ShouldBeRefused(CoachingRejections.NotFound());
        GivenCoached();

        WhenAsked(state => KeepNote.Decide(new(In, "coach-2", Words), state, Now)).ShouldBeRefused(CoachingRejections.NotTheCoach());
        WhenAsked(state => KeepNote.Decide(new(In, "coach-1", Words), state, Now)).Events.Single().ShouldBeOfType<CoachNoteKept>();
    }
}
