using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>A result, or a confirmation, that was entered with a wrong time: what was found stays, when it was known moves.</summary>
public sealed class CorrectingWhenItWasReported : DrugTestSpec
{
    private static readonly Guid Entry = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e9");
    private static readonly DateTimeOffset Taken = Morning.AddHours(1);
    private static readonly DateTimeOffset Right = Now.AddHours(-3);

    private static CorrectTest Correct(DrugTestEvent corrected, DateTimeOffset right) =>
        new(Of, Test, Entry, corrected, null, TestError.Entry, Words, When.At(Now)) { Reported = When.At(right), Calendar = Calendar };

    private DrugTestEvent GivenReport(TestOutcome outcome)
    {
        GivenCollected();
        return WhenAsked(state => ReportTestResult.Decide(Report(outcome), state, Now)).Events.Single();
    }

    private DrugTestEvent GivenConfirmed(DateTimeOffset at) =>
        WhenAsked(state => ConfirmResult.Decide(new(Of, Test, Positive("cocaine"), "state-laboratory", When.At(at)), state, Now)).Events.Single();

    private void GivenContested(DateTimeOffset at) =>
        WhenAsked(state => ContestResult.Decide(new(Of, Test, Words, When.At(at)), state, Now)).Rejection.ShouldBeNull();

    [Fact]
    public void The_result_stays_and_the_test_is_as_if_it_had_been_reported_then()
    {
        var report = GivenReport(Positive("cocaine"));
        ContestResult.Decide(new(Of, Test, Words, When.At(Right)), State, Now).ShouldBeRefused(DrugTestRejections.BeforeResult());

        WhenAsked(state => CorrectTest.Decide(Correct(report, Right), state, Now)).ShouldRecord(Fact(
            new DrugTestCorrected(Entry, Right, null, TestError.Entry, Words)
            {
                ParticipationId = Of.ParticipationId,
                ClientId = Of.ClientId,
                Court = Of.Court,
                TestId = Test,
                Corrects = TestStatement.Reported,
            },
            Now));
        WhenAsked(state => CorrectTest.Decide(Correct(report, Right), state, Now)).ShouldBeAlreadyDone();
        (Standing, State.Find(Test)!.ReportedAt, State.Find(Test)!.CountsOn).ShouldBe((TestStanding.Positive, Right, Day));
        GivenContested(Right);

        var inTime = new CorrectingWhenItWasReported();
        inTime.GivenCollected();
        inTime.WhenAsked(state => ReportTestResult.Decide(Report(Positive("cocaine")) with { When = When.At(Right) }, state, Now)).Rejection.ShouldBeNull();
        inTime.GivenContested(Right);
        (State.Find(Test), State.Results[Test]).ShouldBe((inTime.State.Find(Test), inTime.State.Results[Test]));
    }

    [Fact]
    public void It_was_reported_after_the_specimen_before_its_doubts_and_not_ahead()
    {
        var report = GivenReport(Negative);
        CorrectTest.Decide(Correct(report, Taken.AddTicks(-1)), State, Now).ShouldBeRefused(DrugTestRejections.BeforeCollection() with { Field = "reported" });
        CorrectTest.Decide(Correct(report, Taken), State, Now).Rejection.ShouldBeNull();
        CorrectTest.Decide(Correct(report, Now.AddHours(1)), State, Now).ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddHours(1), Now));
        CorrectTest.Decide(Correct(report, Right) with { When = When.At(Right.AddTicks(-1)) }, State, Now).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"what is corrected, {Right:u}"));

        WhenAsked(state => CorrectTest.Decide(Correct(report, Right), state, Now)).Rejection.ShouldBeNull();
        GivenContested(Right.AddHours(1));
        CorrectTest.Decide(Correct(report, Right.AddHours(2)), State, Now).ShouldBeRefused(DrugTestRejections.ReportedAfterDoubt());
        WhenAsked(state => CorrectTest.Decide(Correct(report, Right.AddHours(1)), state, Now)).Rejection.ShouldBeNull();
        State.Find(Test)!.ContestOpen.ShouldBeTrue("when it was known answers no dispute");
    }

    [Fact]
    public void A_right_result_follows_the_report_too()
    {
        var report = GivenReport(Negative);
        WhenAsked(state => CorrectTest.Decide(Correct(report, Right), state, Now)).Rejection.ShouldBeNull();
        var exchanged = new CorrectTest(Of, Test, Entry, report, Positive("cocaine"), TestError.Laboratory, Words, When.At(Now.AddHours(-1)));
        CorrectTest.Decide(exchanged with { When = When.At(Right.AddTicks(-1)) }, State, Now).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"what is corrected, {Right:u}"));
        WhenAsked(state => CorrectTest.Decide(exchanged, state, Now)).Rejection.ShouldBeNull("as a contest of then is accepted");

        CorrectTest.Decide(Correct(report, Right.AddHours(1)), State, Now).Rejection.ShouldBeNull();
        Standing.ShouldBe(TestStanding.Positive);
    }

    [Fact]
    public void A_confirmation_has_a_time_of_its_own()
    {
        var report = GivenReport(Positive("cocaine"));
        var confirmed = GivenConfirmed(Now.AddHours(-1));
        GivenContested(Now);

        CorrectTest.Decide(Correct(confirmed, Taken.AddTicks(-1)), State, Now).ShouldBeRefused(DrugTestRejections.BeforeCollection() with { Field = "reported" });
        WhenAsked(state => CorrectTest.Decide(Correct(confirmed, Right), state, Now)).Events.Single().ShouldBeOfType<DrugTestCorrected>().Corrects.ShouldBe(TestStatement.Confirmed);
        (State.Results[Test].Confirmed!.Value.At, State.Find(Test)!.ReportedAt).ShouldBe((Right, Now));
        WhenAsked(state => CorrectTest.Decide(Correct(confirmed, Right), state, Now)).ShouldBeAlreadyDone();
        CorrectTest.Decide(Correct(report, Right), State, Now).Rejection.ShouldBeNull("what was confirmed since has a wrong time all the same");
    }

    [Fact]
    public void A_confirmation_was_not_after_it_was_corrected_and_a_contest_may_have_been_of_before_it()
    {
        GivenReport(Positive("cocaine"));
        GivenContested(Now);
        var confirmed = GivenConfirmed(Now);
        CorrectTest.Decide(Correct(confirmed, Now.AddMinutes(1)), State, Now.AddHours(1)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"what is corrected, {Now.AddMinutes(1):u}"));
        CorrectTest.Decide(Correct(confirmed, Now.AddMinutes(1)) with { When = When.At(Now.AddHours(1)) }, State, Now.AddHours(1)).Rejection.ShouldBeNull();

        GivenContested(Now);
        CorrectTest.Decide(Correct(confirmed, Now.AddMinutes(1)) with { When = When.At(Now.AddHours(1)) }, State, Now.AddHours(1)).Rejection.ShouldBeNull("in whatever order they are entered");

        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Entry, confirmed, Negative, TestError.Laboratory, Words, When.At(Now)), state, Now)).Rejection.ShouldBeNull();
        CorrectTest.Decide(Correct(confirmed, Now.AddMinutes(1)) with { When = When.At(Now.AddHours(1)) }, State, Now.AddHours(1)).ShouldBeRefused(DrugTestRejections.ReportedAfterDoubt());
    }

    /// <summary>A report that was moved later is followed from there, as a contest follows it.</summary>
    [Fact]
    public void A_right_result_and_a_right_confirmation_follow_what_was_put_right()
    {
        GivenCollected();
        var report = WhenAsked(state => ReportTestResult.Decide(Report(Negative) with { When = When.At(Right) }, state, Now)).Events.Single();
        WhenAsked(state => CorrectTest.Decide(Correct(report, Now.AddHours(-1)), state, Now)).Rejection.ShouldBeNull();
        var exchanged = new CorrectTest(Of, Test, Entry, report, Positive("cocaine"), TestError.Laboratory, Words, When.At(Now.AddHours(-2)));
        CorrectTest.Decide(exchanged, State, Now).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"what is corrected, {Now.AddHours(-1):u}"));

        var confirmed = GivenConfirmed(Now);
        WhenAsked(state => CorrectTest.Decide(Correct(confirmed, Right), state, Now)).Rejection.ShouldBeNull();
        WhenAsked(state => CorrectTest.Decide(exchanged with { Corrected = confirmed, Outcome = Negative }, state, Now)).Rejection.ShouldBeNull();
    }

    /// <summary>Nothing is known before the end of a day of which no more is known: else a result would be known before there was a specimen.</summary>
    [Fact]
    public void Of_a_day_the_result_counts_from_its_end()
    {
        var report = GivenReport(Negative);
        var (start, end) = Calendar.DayOf(Day);
        var day = new When(start, TimePrecision.Day, Now, end);
        Taken.ShouldBeInRange(start, end);
        var known = Now.AddDays(2);

        var told = WhenAsked(state => CorrectTest.Decide(Correct(report, Right) with { Reported = day, When = When.At(known) }, state, known)).Events.Single().ShouldBeOfType<DrugTestCorrected>();

        (told.CorrectedOccurredAt, told.CorrectedOccurredUntil, ((ICorrection)told).CorrectedCountsFrom).ShouldBe((start, end, end));
        WhenAsked(state => CorrectTest.Decide(Correct(report, Right) with { Reported = day, When = When.At(known) }, state, known)).ShouldBeAlreadyDone();
        GivenContested(Now);
        var exact = WhenAsked(state => CorrectTest.Decide(Correct(report, Right) with { When = When.At(known) }, state, known)).Events.Single().ShouldBeOfType<DrugTestCorrected>();
        ((ICorrection)exact).CorrectedCountsFrom.ShouldBe(Right);
    }

    [Fact]
    public void A_report_was_not_after_a_contest_of_it_that_was_entered_after_the_confirmation()
    {
        var report = GivenReport(Positive("cocaine"));
        WhenAsked(state => CorrectTest.Decide(Correct(report, Right), state, Now)).Rejection.ShouldBeNull();
        var confirmed = GivenConfirmed(Now);
        GivenContested(Right.AddHours(1));

        CorrectTest.Decide(Correct(report, Right.AddHours(2)), State, Now).ShouldBeRefused(DrugTestRejections.ReportedAfterDoubt());
        CorrectTest.Decide(Correct(report, Right.AddHours(1)), State, Now).Rejection.ShouldBeNull();
        CorrectTest.Decide(Correct(confirmed, Right.AddHours(2)), State, Now).Rejection.ShouldBeNull("of the confirmation it says nothing");
    }

    [Fact]
    public void Only_when_a_result_was_reported_is_corrected_and_apart_from_what_was_found()
    {
        var report = GivenReport(Positive("cocaine"));
        CorrectTest.Decide(Correct(report, Right) with { Outcome = Negative }, State, Now).ShouldBeRefused(DrugTestRejections.ResultAndTime());
        CorrectTest.Decide(Correct(report, Right) with { Ordered = When.At(Right) }, State, Now).ShouldBeRefused(DrugTestRejections.ResultAndTime());

        var dilute = WhenAsked(state => FlagSpecimen.Decide(new(Of, Test, TestStatement.Dilute, Rules, When.At(Now)), state, Now)).Events.Single();
        CorrectTest.Decide(Correct(dilute, Right), State, Now).ShouldBeRefused(DrugTestRejections.NoResultTimeCorrected());
    }
}
