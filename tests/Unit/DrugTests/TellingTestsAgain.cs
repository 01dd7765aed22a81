using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>Told again, an act about a test is done already only if it is the same.</summary>
public sealed class TellingTestsAgain : DrugTestSpec
{
    private static readonly string[] RestsOn = ["Of", "Rules", "On"];

    [Fact]
    public void A_notice()
    {
        GivenSelected();
        ShouldLoseNothing(new NotifyOfTest(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Now)), NotifyOfTest.Decide, RestsOn);
    }

    [Fact]
    public void A_specimen()
    {
        GivenNotified();
        ShouldLoseNothing(Collect(), CollectSpecimen.Decide, RestsOn);
    }

    [Fact]
    public void A_finding()
    {
        GivenCollected();
        ShouldLoseNothing(new FlagSpecimen(Of, Test, TestStatement.Dilute, Rules, When.At(Now)), FlagSpecimen.Decide, "Of", "Rules", "Finding");
    }

    [Fact]
    public void A_result_and_its_confirmation()
    {
        GivenCollected();
        ShouldLoseNothing(Report(Negative), ReportTestResult.Decide, "Of", "Outcome");
        ShouldLoseNothing(new ConfirmResult(Of, Test, Negative, "other-laboratory", When.At(Now)), ConfirmResult.Decide, "Of", "Outcome");
    }

    [Fact]
    public void An_end_of_waiting()
    {
        GivenCollected();
        ShouldLoseNothing(new CloseTest(Of, Test, TestClosure.SpecimenUnusable, IsErased: false, When.At(Now)), CloseTest.Decide, "Of", "IsErased");
    }

    [Fact]
    public void A_result_that_will_not_come_is_awaited_no_longer_and_one_that_comes_all_the_same_is_reported()
    {
        var close = new CloseTest(Of, Test, TestClosure.NotReported, IsErased: false, When.At(Now));
        WhenAsked(state => CloseTest.Decide(close, state, Now)).ShouldBeRefused(DrugTestRejections.NotFound(Test));
        GivenNotified();
        WhenAsked(state => CloseTest.Decide(close, state, Now)).ShouldBeRefused(DrugTestRejections.NothingAwaited());
        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Now));
        State.Find(Test)!.AwaitsResult.ShouldBeTrue();
        WhenAsked(state => CloseTest.Decide(close with { When = When.At(Morning) }, state, Now)).ShouldBeRefused(DrugTestRejections.BeforeCollection());
        WhenAsked(state => CloseTest.Decide(close with { When = When.At(Now.AddDays(1)) }, state, Now)).Rejection!.Code.ShouldBe("known-in-future");

        WhenAsked(state => CloseTest.Decide(close, state, Now)).Events.Single().ShouldBeOfType<DrugTestClosed>().Reason.ShouldBe(TestClosure.NotReported);
        (State.Find(Test)!.IsOpen, State.Find(Test)!.Phase, Standing).ShouldBe((false, TestPhase.Closed, TestStanding.Excused));

        WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).Events.ShouldHaveSingleItem();
        Standing.ShouldBe(TestStanding.Negative);
        WhenAsked(state => CloseTest.Decide(close, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => CloseTest.Decide(close with { Reason = TestClosure.NotAsked }, state, Now)).ShouldBeRefused(DrugTestRejections.NothingAwaited());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_court_ordered_and_nobody_gave_it_may_ask_no_more_for(bool told)
    {
        WhenAsked(state => SelectDrugTest.Decide(Select(TestSelection.ForCause), state, Morning)).Rejection.ShouldBeNull();
        if (told)
            WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning.AddHours(1))), state, Now)).Rejection.ShouldBeNull();
        var close = new CloseTest(Of, Test, TestClosure.NotAsked, IsErased: false, When.At(Now));
        WhenAsked(state => CloseTest.Decide(close with { Reason = TestClosure.NotReported }, state, Now)).ShouldBeRefused(DrugTestRejections.NothingAwaited());
        WhenAsked(state => CloseTest.Decide(close with { When = When.At(Morning.AddHours(-1)) }, state, Now))
            .ShouldBeRefused(told ? DrugTestRejections.BeforeNotice() : DrugTestRejections.BeforeSelection());

        WhenAsked(state => CloseTest.Decide(close, state, Now)).Events.Single().ShouldBeOfType<DrugTestClosed>();

        (State.Find(Test)!.IsOpen, State.Find(Test)!.Phase, Standing).ShouldBe((false, TestPhase.Closed, TestStanding.Excused));
        WhenAsked(state => CloseTest.Decide(close, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void What_was_drawn_is_not_let_go()
    {
        GivenNotified();
        WhenAsked(state => CloseTest.Decide(new(Of, Test, TestClosure.NotAsked, IsErased: false, When.At(Now)), state, Now)).ShouldBeRefused(DrugTestRejections.NothingAwaited());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_an_erased_record_whatever_is_open_is_let_go(bool contested)
    {
        GivenSelected();
        if (contested)
        {
            WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning)), state, Now));
            WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Now));
            WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now));
            WhenAsked(state => ContestResult.Decide(new(Of, Test, null, When.At(Now)), state, Now)).Events.ShouldHaveSingleItem();
        }

        var close = new CloseTest(Of, Test, TestClosure.NotAsked, IsErased: true, When.At(Now));
        WhenAsked(state => CloseTest.Decide(close with { IsErased = false }, state, Now)).ShouldBeRefused(DrugTestRejections.NothingAwaited());
        WhenAsked(state => CloseTest.Decide(close, state, Now)).Events.ShouldHaveSingleItem();
        (State.Find(Test)!.IsOpen, State.Find(Test)!.Phase).ShouldBe((false, contested ? TestPhase.Reported : TestPhase.Closed));
        WhenAsked(state => CloseTest.Decide(close, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => CloseTest.Decide(close with { Reason = TestClosure.NotReported }, state, Now))
            .ShouldBeRefused(contested ? DrugTestRejections.NothingAwaited() : RepeatRejections.RecordedDifferently());
    }
}
