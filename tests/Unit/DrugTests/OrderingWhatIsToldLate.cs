using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>What happened last about a result counts, whichever was entered last.</summary>
public sealed class OrderingWhatIsToldLate : DrugTestSpec
{
    private static readonly Guid Wrong = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e9");
    private static readonly DateTimeOffset Later = Now.AddDays(20);

    private static When On(int day) => new(Now.AddDays(day), TimePrecision.Exact, Later);

    private bool IsOpen => State.Find(Test)!.ContestOpen;

    private DrugTestEvent GivenReport(TestOutcome outcome)
    {
        GivenCollected();
        return WhenAsked(state => ReportTestResult.Decide(Report(outcome), state, Now)).Events.Single();
    }

    private Decision<DrugTestEvent> Contested(int day) => WhenAsked(state => ContestResult.Decide(new(Of, Test, Words, On(day)), state, Later));

    private Decision<DrugTestEvent> Confirmed(int day, TestOutcome outcome) =>
        WhenAsked(state => ConfirmResult.Decide(new(Of, Test, outcome, "state-laboratory", On(day)), state, Later));

    private Decision<DrugTestEvent> Corrected(DrugTestEvent wrong, TestOutcome? right, int day) =>
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, wrong, right, TestError.Laboratory, Words, On(day)) { Calendar = Calendar }, state, Later));

    [Fact]
    public void A_contest_of_before_the_confirmation_is_answered_by_it()
    {
        GivenReport(Positive("thc"));
        Confirmed(10, Positive("thc")).Events.ShouldHaveSingleItem();

        Contested(8).Events.ShouldHaveSingleItem();
        (State.Find(Test)!.Contested, IsOpen).ShouldBe((true, false));
        Contested(12).Events.ShouldHaveSingleItem();
        IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void A_contest_of_before_a_correction_is_answered_by_it()
    {
        var report = GivenReport(Positive("thc"));
        Corrected(report, Negative, 10).Events.ShouldHaveSingleItem();

        Contested(8).Events.ShouldHaveSingleItem();
        IsOpen.ShouldBeFalse();
        TestWait.Of(State.Find(Test)!, Rules, asksNoMore: false, Later, Day.AddDays(20)).For.ShouldBe(TestAwaits.Nothing);
    }

    [Fact]
    public void A_contest_of_after_a_confirmation_that_is_entered_late_stays_open()
    {
        GivenReport(Positive("thc"));
        Contested(12).Events.ShouldHaveSingleItem();
        Confirmed(10, Positive("thc")).Events.ShouldHaveSingleItem();

        TestWait.Of(State.Find(Test)!, Rules, asksNoMore: false, Later, Day.AddDays(20)).For.ShouldBe(TestAwaits.Answer);
    }

    [Fact]
    public void A_confirmation_that_was_of_before_the_contest_is_no_answer()
    {
        GivenReport(Positive("thc"));
        Contested(8).Events.ShouldHaveSingleItem();
        var confirmed = Confirmed(10, Positive("thc")).Events.Single();
        IsOpen.ShouldBeFalse();

        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, confirmed, null, TestError.Entry, Words, On(15)) { Reported = On(6), Calendar = Calendar }, state, Later))
            .Events.ShouldHaveSingleItem();
        IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void A_confirmation_that_was_of_after_the_contest_answers_it_also_when_the_contest_was_entered_later()
    {
        GivenReport(Positive("thc"));
        var confirmed = Confirmed(6, Positive("thc")).Events.Single();
        Contested(8).Events.ShouldHaveSingleItem();
        IsOpen.ShouldBeTrue();

        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, confirmed, null, TestError.Entry, Words, On(15)) { Reported = On(10), Calendar = Calendar }, state, Later))
            .Events.ShouldHaveSingleItem();
        IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void What_a_correction_of_the_same_time_answered_stays_so()
    {
        var report = GivenReport(Positive("thc"));
        Contested(8).Events.ShouldHaveSingleItem();
        Corrected(report, Positive("cocaine"), 8).Events.ShouldHaveSingleItem();
        var confirmed = Confirmed(10, Positive("cocaine")).Events.Single();
        void Moved(int to, int told) => WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, confirmed, null, TestError.Entry, Words, On(told)) { Reported = On(to), Calendar = Calendar }, state, Later))
            .Events.ShouldHaveSingleItem();

        Moved(6, 15);
        IsOpen.ShouldBeFalse("the correction was entered after the contest");
        Contested(8).Events.ShouldBeEmpty();
        Contested(9).Events.ShouldHaveSingleItem();
        Moved(7, 16);
        IsOpen.ShouldBeTrue("nothing answered the second");
    }

    [Fact]
    public void A_confirmation_of_before_a_correction_does_not_put_it_aside()
    {
        var report = GivenReport(Positive("thc"));
        Corrected(report, Negative, 15).Events.ShouldHaveSingleItem();
        Confirmed(10, Positive("thc")).Events.ShouldHaveSingleItem();

        (Standing, State.Find(Test)!.Confirmed).ShouldBe((TestStanding.Negative, true));
    }

    [Theory]
    [InlineData(20, 10, TestStanding.Negative)]
    [InlineData(10, 20, TestStanding.Positive)]
    public void A_confirmation_whose_time_is_put_right_counts_as_if_it_had_been_told_so(int told, int right, TestStanding stands)
    {
        var report = GivenReport(Positive("thc"));
        Corrected(report, Negative, 15).Events.ShouldHaveSingleItem();
        var confirmed = Confirmed(told, Positive("thc")).Events.Single();
        Standing.ShouldNotBe(stands);

        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, confirmed, null, TestError.Entry, Words, On(20)) { Reported = On(right), Calendar = Calendar }, state, Later))
            .Events.ShouldHaveSingleItem();
        Standing.ShouldBe(stands);
    }

    [Fact]
    public void A_day_is_before_the_next_one()
    {
        DrugTestContested On(int day) => new(null) { ParticipationId = default, ClientId = default, Court = "drug-court", TestId = Test, OccurredAt = Now.AddDays(day), OccurredUntil = Now.AddDays(day + 1), OccurredPrecision = TimePrecision.Day };

        On(1).IsBefore(On(2)).ShouldBeTrue();
        On(2).IsBefore(On(1)).ShouldBeFalse();
        On(1).IsBefore(On(1)).ShouldBeFalse();
        On(1).IsBefore(Now.AddDays(2)).ShouldBeTrue();
        On(1).IsBefore(Now.AddDays(2).AddTicks(-1)).ShouldBeFalse();
    }

    [Fact]
    public void A_correction_of_before_another_is_refused_and_a_struck_finding_is_found_anew_at_its_right_time()
    {
        var report = GivenReport(Positive("thc"));
        Corrected(report, Negative, 15).Events.ShouldHaveSingleItem();
        Corrected(report, Positive("cocaine"), 12).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"drug test corrected, {Now.AddDays(15):u}"));
        Standing.ShouldBe(TestStanding.Negative);

        var flag = new FlagSpecimen(Of, Test, TestStatement.Dilute, Rules, On(2));
        var found = WhenAsked(state => FlagSpecimen.Decide(flag, state, Later)).Events.Single();
        Corrected(found, null, 16).Events.ShouldHaveSingleItem();
        WhenAsked(state => FlagSpecimen.Decide(flag with { When = On(3) }, state, Later)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_time_is_not_corrected_before_it_was_corrected()
    {
        var report = GivenReport(Positive("thc"));
        CorrectTest Moved(int hours, int day) => new(Of, Test, Wrong, report, null, TestError.Entry, Words, On(day)) { Reported = When.At(Now.AddHours(-hours)), Calendar = Calendar };

        WhenAsked(state => CorrectTest.Decide(Moved(2, 15), state, Later)).Events.ShouldHaveSingleItem();
        WhenAsked(state => CorrectTest.Decide(Moved(3, 12), state, Later)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"drug test corrected, {Now.AddDays(15):u}"));
    }

    [Fact]
    public void Substances_are_the_same_in_any_order()
    {
        GivenReport(Positive("thc", "cocaine"));

        WhenAsked(state => ReportTestResult.Decide(Report(Positive("cocaine", "thc")), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => ReportTestResult.Decide(Report(Positive("cocaine", "opiates")), state, Now)).ShouldBeRefused(DrugTestRejections.AlreadyReported());
    }
}
