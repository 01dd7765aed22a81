using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Unit.Coaching;

/// <summary>Recovery plans, goals and measures (2.9).</summary>
public sealed class WorkingOnAPlan : CoachingSpec
{
    private static readonly Guid Plan = Guid.Parse("0195d6c4-0000-7000-8000-000000000101");
    private static readonly Guid Second = Guid.Parse("0195d6c4-0000-7000-8000-000000000102");
    private static readonly Guid Home = Guid.Parse("0195d6c4-0000-7000-8000-000000000103");
    private static readonly Guid Measure = Guid.Parse("0195d6c4-0000-7000-8000-000000000104");
    private static readonly int[] FortyEight = [5, 5, 5, 5, 5, 5, 5, 5, 4, 4];

    private static CreatePlan Create(Guid planId) => new(In, planId, Words, Today.AddMonths(3), Today);

    private static CompleteAssessment Barc(int score, IReadOnlyList<int>? answers) => new(In, Measure, "barc-10", "2017", score, null, answers, "coach-1", Rules, When.At(Now));

    [Fact]
    public void A_plan_is_signed_and_reviewed_and_takes_the_place_of_the_one_before()
    {
        CreatePlan.Decide(Create(Plan), State, Now).ShouldBeRefused(CoachingRejections.NotFound());
        GivenCoached();
        WhenAsked(state => CreatePlan.Decide(Create(Plan) with { ReviewOn = Today }, state, Now)).ShouldBeRefused(CoachingRejections.ReviewInPast("reviewOn"));
        WhenAsked(state => SignPlan.Decide(new(In, Plan, SessionParty.Client, When.At(Now)), state, Now)).ShouldBeRefused(CoachingRejections.PlanUnknown());
        WhenAsked(state => CreatePlan.Decide(Create(Plan), state, Now)).Events.Single().ShouldBeOfType<RecoveryPlanCreated>();
        WhenAsked(state => CreatePlan.Decide(Create(Plan), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => SignPlan.Decide(new(In, Plan, SessionParty.Client, When.At(Now)), state, Now)).Events.Single().ShouldBeOfType<RecoveryPlanSigned>();
        WhenAsked(state => SignPlan.Decide(new(In, Plan, SessionParty.Client, When.At(Now)), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => SignPlan.Decide(new(In, Plan, SessionParty.Coach, When.At(Now)), state, Now)).Events.Single().ShouldBeOfType<RecoveryPlanSigned>();
        WhenAsked(state => ReviewPlan.Decide(new(In, Plan, Today, null, Today), state, Now)).ShouldBeRefused(CoachingRejections.ReviewInPast("nextReviewOn"));
        WhenAsked(state => ReviewPlan.Decide(new(In, Plan, Today.AddMonths(6), Words, Today), state, Now)).Events.Single().ShouldBeOfType<RecoveryPlanReviewed>();

        WhenAsked(state => CreatePlan.Decide(Create(Second), state, Now)).Events.Select(fact => fact.GetType())
            .ShouldBe([typeof(RecoveryPlanCreated), typeof(RecoveryPlanSuperseded)]);
        WhenAsked(state => ReviewPlan.Decide(new(In, Plan, Today.AddMonths(6), Words, Today), state, Now)).ShouldBeRefused(CoachingRejections.PlanSuperseded());
    }

    [Fact]
    public void The_same_plan_told_twice_is_one_and_another_under_its_id_is_refused()
    {
        GivenCoached();
        WhenAsked(state => CreatePlan.Decide(Create(Plan), state, Now));

        WhenAsked(state => CreatePlan.Decide(Create(Plan) with { OnRecord = "In words." }, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => CreatePlan.Decide(Create(Plan) with { OnRecord = "In other words." }, state, Now)).ShouldBeRefused(CoachingRejections.PlanToldDifferently());
        WhenAsked(state => CreatePlan.Decide(Create(Plan) with { ReviewOn = Today.AddMonths(4), OnRecord = "In words." }, state, Now))
            .ShouldBeRefused(CoachingRejections.PlanToldDifferently());
        WhenAsked(state => ReviewPlan.Decide(new(In, Plan, Today.AddMonths(6), null, Today), state, Now));
        WhenAsked(state => CreatePlan.Decide(Create(Plan) with { OnRecord = "In words." }, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => CreatePlan.Decide(Create(Plan) with { OnRecord = null }, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => CreatePlan.Decide(Create(Second), state, Now));
        WhenAsked(state => CreatePlan.Decide(Create(Plan) with { OnRecord = "In words." }, state, Now)).ShouldBeAlreadyDone();
        State.PlanId.ShouldBe(Second, "telling the old one again does not bring it back");
    }

    [Fact]
    public void The_same_goal_told_twice_is_one_and_another_under_its_id_is_refused()
    {
        GivenCoached();
        WhenAsked(state => CreatePlan.Decide(Create(Plan), state, Now));
        var goal = new SetGoal(In, Plan, Home, "housing", Words, Today.AddMonths(2));
        WhenAsked(state => SetGoal.Decide(goal, state, Now));

        WhenAsked(state => SetGoal.Decide(goal with { OnRecord = "In words." }, state, Now)).ShouldBeAlreadyDone();
        foreach (var other in new[] { goal with { Area = "work" }, goal with { TargetOn = null }, goal with { OnRecord = "In other words." } })
            WhenAsked(state => SetGoal.Decide(other, state, Now)).ShouldBeRefused(CoachingRejections.GoalToldDifferently());

        WhenAsked(state => CreatePlan.Decide(Create(Second), state, Now));
        WhenAsked(state => SetGoal.Decide(goal with { PlanId = Second }, state, Now)).ShouldBeRefused(CoachingRejections.GoalToldDifferently());
    }

    [Fact]
    public void A_signature_told_again_is_one_unless_another_time_is_stated()
    {
        GivenCoached();
        WhenAsked(state => CreatePlan.Decide(Create(Plan), state, Now));
        var sign = new SignPlan(In, Plan, SessionParty.Client, When.At(Now));
        WhenAsked(state => SignPlan.Decide(sign, state, Now));

        var later = When.At(Now.AddHours(1));
        WhenAsked(state => SignPlan.Decide(sign, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => SignPlan.Decide(sign with { When = When.At(Now.AddHours(1)) }, state, Now.AddHours(1))).ShouldBeAlreadyDone();
        WhenAsked(state => SignPlan.Decide(sign with { When = later }, state, Now.AddHours(2))).ShouldBeRefused(CoachingRejections.SignatureToldDifferently());
    }

    [Fact]
    public void A_goal_comes_closer_and_is_achieved_or_abandoned()
    {
        GivenCoached();
        WhenAsked(state => SetGoal.Decide(new(In, Plan, Home, "housing", Words, null), state, Now)).ShouldBeRefused(CoachingRejections.PlanUnknown());
        WhenAsked(state => CreatePlan.Decide(Create(Plan), state, Now));
        var progress = new MoveGoal(In, Home, GoalPhase.Open, Words, When.At(Now));
        WhenAsked(state => MoveGoal.Decide(progress, state, Now)).ShouldBeRefused(CoachingRejections.GoalUnknown("goalId"));
        WhenAsked(state => SetGoal.Decide(new(In, Plan, Home, "housing", Words, null), state, Now)).Events.Single().ShouldBeOfType<GoalSet>();
        WhenAsked(state => SetGoal.Decide(new(In, Plan, Home, "housing", Words, null), state, Now)).ShouldBeAlreadyDone();

        WhenAsked(state => MoveGoal.Decide(progress with { Note = null }, state, Now)).ShouldBeRefused(CoachingRejections.ProgressUntold());
        WhenAsked(state => MoveGoal.Decide(progress, state, Now)).Events.Single().ShouldBeOfType<GoalProgressRecorded>();
        var abandoned = CoachingState.Evolve(State, MoveGoal.Decide(progress with { To = GoalPhase.Abandoned }, State, Now).Events.Single().ShouldBeOfType<GoalAbandoned>());
        MoveGoal.Decide(progress with { To = GoalPhase.Achieved }, abandoned, Now).ShouldBeRefused(CoachingRejections.GoalClosed());
        WhenAsked(state => MoveGoal.Decide(progress with { To = GoalPhase.Achieved }, state, Now)).Events.Single().ShouldBeOfType<GoalAchieved>();
        WhenAsked(state => MoveGoal.Decide(progress with { To = GoalPhase.Achieved }, state, Now)).ShouldBeAlreadyDone();
    }

    /// <summary>Ten items of 1–6; from 47 on sustained remission is likely [S:barc-phenx].</summary>
    [Theory]
    [InlineData(10, "below-cut-off")]
    [InlineData(46, "below-cut-off")]
    [InlineData(47, "remission-likely")]
    [InlineData(60, "remission-likely")]
    public void The_band_of_a_barc_10_follows_from_its_total(int score, string band)
    {
        GivenCoached();
        WhenAsked(state => CompleteAssessment.Decide(Barc(score, null), state, Now)).Events.Single().ShouldBeOfType<AssessmentCompleted>().Band.ShouldBe(band);
        WhenAsked(state => CompleteAssessment.Decide(Barc(score, null), state, Now)).ShouldBeAlreadyDone();
    }

    [Theory]
    [InlineData(9)]
    [InlineData(61)]
    public void A_total_outside_of_the_instrument_is_refused(int score)
    {
        GivenCoached();
        WhenAsked(state => CompleteAssessment.Decide(Barc(score, null), state, Now)).ShouldBeRefused(CoachingRejections.ScoreOutOfRange(10, 60));
    }

    [Fact]
    public void Answers_add_up_to_the_total_and_each_is_one_that_there_is()
    {
        GivenCoached();

        WhenAsked(state => CompleteAssessment.Decide(Barc(47, FortyEight), state, Now)).ShouldBeRefused(CoachingRejections.TotalWrong(48));
        WhenAsked(state => CompleteAssessment.Decide(Barc(48, [.. FortyEight, 1]), state, Now)).ShouldBeRefused(CoachingRejections.AnswersUnsound(10, 1, 6));
        WhenAsked(state => CompleteAssessment.Decide(Barc(48, [0, .. FortyEight[1..]]), state, Now)).ShouldBeRefused(CoachingRejections.AnswersUnsound(10, 1, 6));
        WhenAsked(state => CompleteAssessment.Decide(Barc(48, [7, .. FortyEight[1..]]), state, Now)).ShouldBeRefused(CoachingRejections.AnswersUnsound(10, 1, 6));
        WhenAsked(state => CompleteAssessment.Decide(Barc(48, FortyEight) with { Band = "below-cut-off" }, state, Now)).ShouldBeRefused(CoachingRejections.BandContradicts());
        WhenAsked(state => CompleteAssessment.Decide(Barc(48, FortyEight), state, Now)).Events.Single().ShouldBeOfType<AssessmentCompleted>()
            .Items!.Plain().ShouldBe("5,5,5,5,5,5,5,5,4,4");
    }

    [Fact]
    public void Of_a_proprietary_instrument_only_total_and_band_are_kept_and_of_an_unused_one_nothing()
    {
        GivenCoached();
        var rant = Barc(4, null) with { Instrument = "rant", Band = "high-high" };

        WhenAsked(state => CompleteAssessment.Decide(rant with { Answers = [1, 3] }, state, Now)).ShouldBeRefused(CoachingRejections.AnswersNotKept());
        WhenAsked(state => CompleteAssessment.Decide(rant with { Instrument = "compas" }, state, Now)).ShouldBeRefused(CoachingRejections.InstrumentNotUsed("compas"));
        WhenAsked(state => CompleteAssessment.Decide(rant with { Instrument = "astrology" }, state, Now)).ShouldBeRefused(CoachingRejections.InstrumentNotUsed("astrology"));
        var kept = WhenAsked(state => CompleteAssessment.Decide(rant, state, Now)).Events.Single().ShouldBeOfType<AssessmentCompleted>();
        (kept.Score, kept.Band, kept.Items).ShouldBe((4, "high-high", null));
    }
}
