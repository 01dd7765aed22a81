using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Unit.Coaching;

/// <summary>A court's order ends with the participation; what the client wants to go on with, nobody hinders.</summary>
public sealed class GoingOnAfterTheEnd : CoachingSpec
{
    private static readonly Guid Session = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1");
    private static readonly Guid Plan = Guid.Parse("0195d6c4-0000-7000-8000-000000000101");
    private static readonly Guid Goal = Guid.Parse("0195d6c4-0000-7000-8000-000000000103");
    private static readonly DateTimeOffset Over = Now.AddHours(-2);
    private static readonly BusinessCalendar Calendar = new(JurisdictionPolicy.Default("recovery-coaches"));
    private static readonly CoachedIn Ended = In with { OrderEndedAt = Over };

    public static TheoryData<string> ActsByName => [.. Acts.Keys];

    private static HoldSession Hold(CoachedIn on, DateTimeOffset at) => new(on, Session, SessionKind.OneToOne, ContactMode.InPerson, 45, [], Words, When.At(at));

    /// <summary>Each act of a coach in the order's name, and one of before for the plan and the goal that it needs.</summary>
    private static readonly Dictionary<string, Func<CoachingState, Decision<CoachingEvent>>> Acts = new()
    {
        ["schedule"] = state => ScheduleSession.Decide(new(Ended, Guid.NewGuid(), Now.AddDays(1), SessionKind.OneToOne, ContactMode.InPerson), state, Now),
        ["reschedule"] = state => RescheduleSession.Decide(new(Ended, Session, Now.AddDays(2), SessionParty.Coach), state, Now),
        ["hold"] = state => HoldSession.Decide(Hold(Ended, Over), state, Now),
        ["miss"] = state => MissSession.Decide(new(Ended, Session, false, null), state, Now.AddDays(2)),
        ["create-plan"] = state => CreatePlan.Decide(new(Ended, Guid.NewGuid(), Words, Today.AddMonths(3), Today), state, Now),
        ["sign"] = state => SignPlan.Decide(new(Ended, Plan, SessionParty.Client, When.At(Now)), state, Now),
        ["review"] = state => ReviewPlan.Decide(new(Ended, Plan, Today.AddMonths(3), null, Today), state, Now),
        ["set-goal"] = state => SetGoal.Decide(new(Ended, Plan, Guid.NewGuid(), "housing", Words, null), state, Now),
        ["move-goal"] = state => MoveGoal.Decide(new(Ended, Goal, GoalPhase.Achieved, null, When.At(Now)), state, Now),
        ["assess"] = state => CompleteAssessment.Decide(new(Ended, Guid.NewGuid(), "barc-10", "2017", 48, null, null, "coach-1", Rules, When.At(Now)), state, Now),
    };

    [Theory]
    [MemberData(nameof(ActsByName))]
    public void Nothing_is_done_in_the_orders_name_once_the_participation_is_over(string act)
    {
        GivenAPlanAndASession();

        Acts[act](State).ShouldBeRefused(CoachingRejections.OrderEnded());
    }

    [Fact]
    public void What_happened_before_the_end_is_recorded_after_it()
    {
        GivenAPlanAndASession();

        HoldSession.Decide(Hold(Ended, Over.AddMinutes(-1)) with { SessionId = Guid.NewGuid() }, State, Now).Events.Single().ShouldBeOfType<CoachingSessionHeld>();
        SignPlan.Decide(new(Ended, Plan, SessionParty.Client, When.At(Over.AddMinutes(-1))), State, Now).Events.Single().ShouldBeOfType<RecoveryPlanSigned>();
        WhenAsked(state => MissSession.Decide(new(In, Session, false, null), state, Now.AddDays(2)));
        ExcuseSession.Decide(new(Ended, Session, Words), State, Now.AddDays(2)).Events.Single().ShouldBeOfType<CoachingSessionExcused>();
        KeepNote.Decide(new(Ended, "coach-1", Words), State, Now).Events.Single().ShouldBeOfType<CoachNoteKept>();
        EndCoaching.Decide(new(Ended, CoachingEndReason.ParticipationEnded, When.At(Now.AddDays(2))), State, Now.AddDays(2)).Events.Single().ShouldBeOfType<CoachingEnded>();
    }

    [Fact]
    public void A_command_that_was_done_before_the_end_is_done_when_it_is_told_again()
    {
        GivenAPlanAndASession();

        ScheduleSession.Decide(new(Ended, Session, Now.AddDays(1), SessionKind.OneToOne, ContactMode.InPerson), State, Now).ShouldBeAlreadyDone();
        CreatePlan.Decide(new(Ended, Plan, Words, Today.AddMonths(3), Today), State, Now).ShouldBeAlreadyDone();
        SetGoal.Decide(new(Ended, Plan, Goal, "housing", Words, null), State, Now).ShouldBeAlreadyDone();
    }

    [Fact]
    public void The_client_goes_on_of_their_own_free_will_and_says_so_once()
    {
        ContinueCoaching.Decide(new(Ended, Words, When.At(Now)), State, Now).ShouldBeRefused(CoachingRejections.NotFound());
        GivenCoached();
        WhenAsked(state => ContinueCoaching.Decide(new(In, Words, When.At(Now)), state, Now)).ShouldBeRefused(CoachingRejections.OrderNotEnded());
        WhenAsked(state => ContinueCoaching.Decide(new(Ended, Words, When.At(Now)), state, Now)).ShouldRecord(
            Fact((p, c) => new CoachingContinued(Words) { ParticipationId = p, ClientId = c }));
        WhenAsked(state => ContinueCoaching.Decide(new(In, Words, When.At(Now)), state, Now)).ShouldBeAlreadyDone();

        EndedOrder.Of(State, Ordered, Over, Calendar).ShouldBeNull("it rests on no order any more");
        WhenAsked(state => EndCoaching.Decide(new(In, CoachingEndReason.Completed, When.At(Now)), state, Now));
        WhenAsked(state => ContinueCoaching.Decide(new(Ended, Words, When.At(Now)), state, Now)).ShouldBeRefused(CoachingRejections.Over());
    }

    [Fact]
    public void An_order_ends_with_the_participation_and_what_rests_on_none_goes_on()
    {
        GivenCoached();

        EndedOrder.Of(State, Ordered, Over, Calendar).ShouldBe(Over);
        EndedOrder.Of(State, Ordered, over: null, Calendar).ShouldBeNull("it lasts");
        EndedOrder.Of(State, Ordered with { Order = null }, Over, Calendar).ShouldBeNull("it was offered, and accepted freely");
        EndedOrder.Of(State, Ordered with { Phase = CoachingOrderPhase.Lifted, Order = null }, Over, Calendar).ShouldBeNull();
        EndedOrder.Of(State, Ordered with { ProviderAgencyId = "peer-house" }, Over, Calendar).ShouldBeNull();
        EndedOrder.Of(State, Ordered with { Order = Weekly with { Until = Today.AddDays(-1) } }, Over, Calendar).ShouldBeNull("it had run out before");
    }

    /// <summary>An end that is known to the day ends the order with that day.</summary>
    [Fact]
    public void An_end_known_to_the_day_counts_from_the_end_of_that_day()
    {
        var (start, end) = Calendar.DayOf(Today);
        var ended = new ParticipantWithdrew("moved", null)
        {
            ParticipationId = In.ParticipationId,
            ClientId = In.ClientId,
            Court = "drug-court",
        }.At(new When(start, TimePrecision.Day, Now, end));

        ParticipationState.Evolve(ParticipationState.Initial with { Stage = ParticipationStage.Admitted }, ended).OverSince.ShouldBe(end);
    }

    private void GivenAPlanAndASession()
    {
        GivenCoached();
        WhenAsked(state => ScheduleSession.Decide(new(In, Session, Now.AddDays(1), SessionKind.OneToOne, ContactMode.InPerson), state, Now));
        WhenAsked(state => CreatePlan.Decide(new(In, Plan, Words, Today.AddMonths(3), Today), state, Now));
        WhenAsked(state => SetGoal.Decide(new(In, Plan, Goal, "housing", Words, null), state, Now));
        State.Goals.ShouldContainKey(Goal);
    }
}
