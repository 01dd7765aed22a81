using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Unit.DrugTests;

/// <summary>What a test waits for, and from which instant somebody is late (R31, R32).</summary>
public sealed class WaitingForTests : DrugTestSpec
{
    private static readonly DateTimeOffset WindowEnd = Morning.AddHours(8);
    private static readonly DateTimeOffset ResultDue = Morning.AddHours(1).AddHours(48);

    [Theory]
    [InlineData(0, TestAwaits.Notice)]
    [InlineData(1, TestAwaits.Untold)]
    public void A_draw_of_which_nobody_was_told_on_its_day_is_told_no_more(int daysLater, TestAwaits awaits)
    {
        GivenSelected();

        Wait(Now, Day.AddDays(daysLater)).ShouldBe(new TestWait(awaits, null));
        Wait(Now, Day.AddDays(daysLater), asksNoMore: true).ShouldBe(TestWait.None);
    }

    [Fact]
    public void What_nobody_drew_can_be_told_later_too_and_what_was_drawn_too_late_binds_nobody()
    {
        GivenSelected(caughtUp: true);
        Wait(Now, Day.AddDays(1)).ShouldBe(TestWait.None);

        var ordered = DrugTest.Of((DrugTestSelected)SelectDrugTest.Decide(Select(TestSelection.ForCause), DrugTestingState.Initial, Now).Events.Single());
        TestWait.Of(ordered, Rules, asksNoMore: false, Now, Day.AddDays(40)).For.ShouldBe(TestAwaits.Notice);
    }

    [Fact]
    public void Only_what_was_drawn_and_not_told_on_its_day_is_untold()
    {
        var ordered = DrugTest.Of((DrugTestSelected)SelectDrugTest.Decide(Select(TestSelection.ForCause), DrugTestingState.Initial, Now).Events.Single());
        ordered.IsUntold(Day.AddDays(40)).ShouldBeFalse("what nobody drew can be told later");
        GivenSelected();
        State.Find(Test)!.IsUntold(Day).ShouldBeFalse("the day is not over");
        State.Find(Test)!.IsUntold(Day.AddDays(1)).ShouldBeTrue();
        (State.Find(Test)! with { CaughtUp = true }).IsUntold(Day).ShouldBeTrue("drawn after its day");
        WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning)), state, Now)).Rejection.ShouldBeNull();
        State.Find(Test)!.IsUntold(Day.AddDays(1)).ShouldBeFalse();
    }

    [Fact]
    public void A_window_that_is_over_without_a_word_is_late()
    {
        GivenNotified();

        Wait(WindowEnd, Day).ShouldBe(new TestWait(TestAwaits.Specimen, WindowEnd));
        Wait(WindowEnd.AddTicks(1), Day).ShouldBe(new TestWait(TestAwaits.SpecimenLate, WindowEnd));
        Wait(WindowEnd.AddTicks(1), Day, asksNoMore: true).ShouldBe(TestWait.None, "nobody can say anything of it any more");
        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).Rejection.ShouldBeNull();
        Wait(Now, Day).ShouldBe(TestWait.None);
    }

    [Theory]
    [InlineData(48)]
    [InlineData(24)]
    public void A_result_is_late_by_the_hours_of_the_court(int hours)
    {
        GivenCollected();
        var (rules, due) = (Rules with { ResultHours = hours }, Morning.AddHours(1 + hours));

        Wait(due, Day, rules: rules).ShouldBe(new TestWait(TestAwaits.Result, due));
        Wait(due.AddTicks(1), Day, asksNoMore: true, rules).ShouldBe(new TestWait(TestAwaits.ResultLate, due), "what was given before the end is found out after it");
        WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).Rejection.ShouldBeNull();
        Wait(due.AddDays(9), Day, rules: rules).ShouldBe(TestWait.None);
    }

    /// <summary>Nobody is late who may be in time.</summary>
    [Fact]
    public void Of_a_specimen_known_to_the_day_the_time_runs_from_the_end_of_it()
    {
        GivenNotified();
        var (start, end) = (new DateTimeOffset(2026, 3, 3, 6, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 4, 6, 0, 0, TimeSpan.Zero));
        WhenAsked(state => CollectSpecimen.Decide(Collect() with { When = new When(start, TimePrecision.Day, Now, end) }, state, Now)).Rejection.ShouldBeNull();

        Wait(Now, Day).Until.ShouldBe(end.AddHours(48));
    }

    [Theory]
    [InlineData(CountsAs.NonCompliance, TestAwaits.Nothing)]
    [InlineData(CountsAs.Positive, TestAwaits.Nothing)]
    [InlineData(CountsAs.Nothing, TestAwaits.ResultLate)]
    public void A_finding_that_counts_is_an_answer(CountsAs counts, TestAwaits awaits)
    {
        GivenCollected();
        WhenAsked(state => FlagSpecimen.Decide(new(Of, Test, TestStatement.Dilute, Rules with { Dilute = counts }, When.At(Now)), state, Now)).Rejection.ShouldBeNull();

        Wait(ResultDue.AddDays(1), Day).For.ShouldBe(awaits);
    }

    [Fact]
    public void Who_contests_waits_for_a_confirmation_and_after_it_for_an_answer()
    {
        GivenReported(new TestOutcome(TestResult.Positive, ["cocaine"]));
        var contest = new ContestResult(Of, Test, null, When.At(Now));
        WhenAsked(state => ContestResult.Decide(contest, state, Now)).Rejection.ShouldBeNull();
        Wait(Now.AddDays(9), Day, asksNoMore: true).ShouldBe(new TestWait(TestAwaits.Confirmation, null));

        WhenAsked(state => ConfirmResult.Decide(new(Of, Test, Positive("cocaine"), "state-laboratory", When.At(Now)), state, Now)).Rejection.ShouldBeNull();
        Wait(Now, Day).ShouldBe(TestWait.None);
        WhenAsked(state => ContestResult.Decide(contest, state, Now)).Rejection.ShouldBeNull();
        Wait(Now, Day).For.ShouldBe(TestAwaits.Answer);
    }

    [Theory]
    [InlineData(TestAwaits.Nothing, false)]
    [InlineData(TestAwaits.Notice, false)]
    [InlineData(TestAwaits.Untold, true)]
    [InlineData(TestAwaits.Specimen, false)]
    [InlineData(TestAwaits.SpecimenLate, true)]
    [InlineData(TestAwaits.Result, false)]
    [InlineData(TestAwaits.ResultLate, true)]
    [InlineData(TestAwaits.Confirmation, false)]
    [InlineData(TestAwaits.Answer, false)]
    public void Late_is_what_somebody_should_have_done_by_now(TestAwaits awaits, bool isLate) => new TestWait(awaits, null).IsLate.ShouldBe(isLate);

    private TestWait Wait(DateTimeOffset now, DateOnly today, bool asksNoMore = false, TestRules? rules = null) =>
        TestWait.Of(State.Find(Test)!, rules ?? Rules, asksNoMore, now, today);
}
