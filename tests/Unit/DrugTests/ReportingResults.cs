using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Unit.DrugTests;

/// <summary>Findings, results, what is contested, confirmed and corrected (R32, scenario 11).</summary>
public sealed class ReportingResults : DrugTestSpec
{
    private static readonly Guid Wrong = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e9");

    [Fact]
    public void A_result_needs_a_specimen_that_was_given()
    {
        GivenNotified();

        WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).ShouldBeRefused(DrugTestRejections.NotCollected());
        WhenAsked(state => FlagSpecimen.Decide(new(Of, Test, TestStatement.Dilute, Rules, When.At(Now)), state, Now)).ShouldBeRefused(DrugTestRejections.NotCollected());
        WhenAsked(state => ContestResult.Decide(new(Of, Test, null, When.At(Now)), state, Now)).ShouldBeRefused(DrugTestRejections.NoResult());
        WhenAsked(state => ConfirmResult.Decide(new(Of, Test, Negative, "state-laboratory", When.At(Now)), state, Now)).ShouldBeRefused(DrugTestRejections.NoResult());
    }

    [Fact]
    public void A_result_is_reported_once_and_not_before_its_specimen()
    {
        GivenCollected();

        WhenAsked(state => ReportTestResult.Decide(Report(Negative) with { When = When.At(Morning) }, state, Now)).ShouldBeRefused(DrugTestRejections.BeforeCollection());
        WhenAsked(state => ReportTestResult.Decide(Report(Positive("cocaine")), state, Now)).Events.Single().ShouldBeOfType<DrugTestResultReported>();
        Standing.ShouldBe(TestStanding.Positive);
        WhenAsked(state => ReportTestResult.Decide(Report(Positive("cocaine")), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).ShouldBeRefused(DrugTestRejections.AlreadyReported());
    }

    public static TheoryData<TestResult, string[]> Contradictions => new()
    {
        { TestResult.Positive, [] },
        { TestResult.Negative, ["cocaine"] },
        { TestResult.Positive, ["cocaine", "cocaine"] },
        { TestResult.Positive, ["A lot of cocaine"] },
        { TestResult.Positive, [.. Enumerable.Range(0, 31).Select(n => $"substance-{n}")] },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_result_names_what_was_found_exactly_when_it_is_positive(TestResult result, string[] substances)
    {
        GivenCollected();
        WhenAsked(state => ReportTestResult.Decide(Report(new TestOutcome(result, substances)), state, Now)).ShouldBeRefused(DrugTestRejections.OutcomeContradicts());
    }

    /// <summary>A dilute specimen that shows nothing proves nothing.</summary>
    [Theory]
    [InlineData(TestStatement.Dilute, TestStanding.NonCompliance)]
    [InlineData(TestStatement.Adulterated, TestStanding.Positive)]
    public void A_dilute_or_adulterated_specimen_counts_by_the_courts_rule_beside_a_negative_result(TestStatement finding, TestStanding standing)
    {
        GivenReported(Negative);
        var flag = new FlagSpecimen(Of, Test, finding, Rules, When.At(Now));

        WhenAsked(state => FlagSpecimen.Decide(flag, state, Now)).Rejection.ShouldBeNull();
        Standing.ShouldBe(standing);
        WhenAsked(state => FlagSpecimen.Decide(flag, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void A_finding_that_counts_for_nothing_leaves_the_result_alone()
    {
        GivenReported(Negative);
        WhenAsked(state => FlagSpecimen.Decide(new(Of, Test, TestStatement.Dilute, Rules with { Dilute = CountsAs.Nothing }, When.At(Now)), state, Now));

        Standing.ShouldBe(TestStanding.Negative);
    }

    [Fact]
    public void A_confirmation_counts_whatever_the_first_said()
    {
        GivenReported(Positive("amphetamine"));
        WhenAsked(state => ContestResult.Decide(new(Of, Test, Words, When.At(Now)), state, Now)).Events.Single().ShouldBeOfType<DrugTestContested>();
        WhenAsked(state => ContestResult.Decide(new(Of, Test, null, When.At(Now)), state, Now)).ShouldBeAlreadyDone();
        Standing.ShouldBe(TestStanding.Positive, "contested is not yet lifted");

        var confirm = new ConfirmResult(Of, Test, Negative, "state-laboratory", When.At(Now));
        WhenAsked(state => ConfirmResult.Decide(confirm with { Outcome = Positive() }, state, Now)).ShouldBeRefused(DrugTestRejections.OutcomeContradicts());
        WhenAsked(state => ConfirmResult.Decide(confirm, state, Now)).Events.Single().ShouldBeOfType<DrugTestConfirmed>();
        Standing.ShouldBe(TestStanding.Negative);
        WhenAsked(state => ConfirmResult.Decide(confirm, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => ConfirmResult.Decide(confirm with { Outcome = Positive("amphetamine") }, state, Now)).ShouldBeRefused(DrugTestRejections.AlreadyConfirmed());
    }

    /// <summary>Also a confirmation can be wrong: whoever says so a second time is heard, and the test stays in sight.</summary>
    [Fact]
    public void What_was_confirmed_or_corrected_can_be_contested_again()
    {
        GivenReported(Positive("amphetamine"));
        var contest = new ContestResult(Of, Test, Words, When.At(Now));
        WhenAsked(state => ContestResult.Decide(contest with { When = When.At(Now.AddHours(-1)) }, state, Now)).ShouldBeRefused(DrugTestRejections.BeforeResult());
        WhenAsked(state => ContestResult.Decide(contest, state, Now)).Rejection.ShouldBeNull();
        State.Find(Test)!.ContestOpen.ShouldBeTrue();

        var confirmed = WhenAsked(state => ConfirmResult.Decide(new(Of, Test, Positive("amphetamine"), "state-laboratory", When.At(Now)), state, Now)).Events.Single();
        State.Find(Test)!.ContestOpen.ShouldBeFalse("the confirmation is the answer");
        WhenAsked(state => ContestResult.Decide(contest, state, Now)).Events.Single().ShouldBeOfType<DrugTestContested>();
        State.Find(Test)!.ContestOpen.ShouldBeTrue();

        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, confirmed, Negative, TestError.Laboratory, Words, When.At(Now)), state, Now)).Rejection.ShouldBeNull();
        (State.Find(Test)!.ContestOpen, State.Find(Test)!.Contested).ShouldBe((false, true));
    }

    [Fact]
    public void Nothing_is_found_or_confirmed_before_the_specimen_is_given()
    {
        GivenReported(Positive("cocaine"));
        var before = When.At(Morning);

        WhenAsked(state => FlagSpecimen.Decide(new(Of, Test, TestStatement.Dilute, Rules, before), state, Now)).ShouldBeRefused(DrugTestRejections.BeforeCollection());
        WhenAsked(state => ConfirmResult.Decide(new(Of, Test, Negative, "state-laboratory", before), state, Now)).ShouldBeRefused(DrugTestRejections.BeforeCollection());
    }

    [Fact]
    public void A_confirmation_need_not_follow_the_entry_of_the_result_and_a_correction_follows_what_it_corrects()
    {
        GivenReported(Positive("cocaine"));
        var reportedAt = State.Find(Test)!.ReportedAt!.Value;
        var (before, specimen) = (When.At(reportedAt.AddMinutes(-1)), State.Find(Test)!.CollectedAt);
        before.OccurredAt.ShouldBeGreaterThan(specimen!.Value);

        var confirmed = WhenAsked(state => ConfirmResult.Decide(new(Of, Test, Positive("cocaine"), "state-laboratory", before), state, Now)).Events.Single();
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, confirmed, Negative, TestError.Laboratory, Words, When.At(before.OccurredAt.AddMinutes(-1))), state, Now))
            .ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"what is corrected, {before.OccurredAt:u}"));
    }

    /// <summary>Between a confirmation and the later entry of its result, the past knows the confirmation alone: it says what was found.</summary>
    [Fact]
    public void What_was_confirmed_awaits_no_result_whatever_else_was_known_by_then()
    {
        GivenCollected();
        var collected = State.Find(Test)!;
        collected.AwaitsResult.ShouldBeTrue();

        var then = collected.After(new DrugTestConfirmed(Positive("cocaine"), "state-laboratory")
        { ParticipationId = Of.ParticipationId, ClientId = Of.ClientId, Court = Of.Court, TestId = Test });

        (then.Phase, then.Standing, then.AwaitsResult, then.IsUnderWay).ShouldBe((TestPhase.Reported, TestStanding.Positive, false, false));
        TestWait.Of(then, Rules, asksNoMore: false, Now.AddYears(1), Day).ShouldBe(TestWait.None);
    }

    /// <summary>Scenario 11: the original stays in the record, and no longer counts.</summary>
    [Fact]
    public void A_laboratorys_error_is_corrected_by_the_right_result()
    {
        GivenReported(Positive("cocaine"));
        var reported = new DrugTestResultReported(Positive("cocaine"), "state-laboratory") { ParticipationId = Of.ParticipationId, ClientId = Of.ClientId, Court = Of.Court, TestId = Test };
        var correct = new CorrectTest(Of, Test, Wrong, reported, Negative, TestError.Laboratory, Words, When.At(Now));

        WhenAsked(state => CorrectTest.Decide(correct with { Outcome = null }, state, Now)).ShouldBeRefused(DrugTestRejections.RightResultMissing());
        WhenAsked(state => CorrectTest.Decide(correct with { Outcome = Positive("cocaine") }, state, Now)).ShouldBeRefused(DrugTestRejections.NothingCorrected());
        WhenAsked(state => CorrectTest.Decide(correct with { Outcome = Positive() }, state, Now)).ShouldBeRefused(DrugTestRejections.OutcomeContradicts());
        var corrected = WhenAsked(state => CorrectTest.Decide(correct, state, Now)).Events.Single().ShouldBeOfType<DrugTestCorrected>();

        (corrected.CorrectedEventId, corrected.Corrects, corrected.Error).ShouldBe((Wrong, TestStatement.Result, TestError.Laboratory));
        Standing.ShouldBe(TestStanding.Negative);
        State.Find(Test)!.Corrected.ShouldBeTrue();
        WhenAsked(state => CorrectTest.Decide(correct, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void A_miss_that_never_was_is_struck_out()
    {
        GivenNotified();
        var missed = WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).Events.Single();
        var correct = new CorrectTest(Of, Test, Wrong, missed, null, TestError.Entry, Words, When.At(Now));

        WhenAsked(state => CorrectTest.Decide(correct with { Outcome = Negative }, state, Now)).ShouldBeRefused(DrugTestRejections.NoResultCorrected());
        WhenAsked(state => CorrectTest.Decide(correct, state, Now)).Events.Single().ShouldBeOfType<DrugTestCorrected>().Corrects.ShouldBe(TestStatement.Missed);
        // It waits for what truly happened, and counts for nothing until then.
        (Standing, State.Find(Test)!.Phase, State.Find(Test)!.IsUnderWay, State.Find(Test)!.AnsweredOn).ShouldBe((TestStanding.Open, TestPhase.Notified, true, null));
        WhenAsked(state => CorrectTest.Decide(correct, state, Now)).ShouldBeAlreadyDone();

        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).Events.Single().ShouldBeOfType<DrugTestMissed>();
        WhenAsked(state => CorrectTest.Decide(correct with { IsToldAnew = true }, state, Now)).ShouldBeAlreadyDone();
        Standing.ShouldBe(TestStanding.NonCompliance);
    }

    [Fact]
    public void A_refusal_that_never_was_waits_again_and_is_not_told_by_a_repetition()
    {
        GivenNotified();
        var refuse = new RefuseTest(Of, Test, Words, Rules, Day, When.At(Morning.AddHours(1)));
        var refused = WhenAsked(state => RefuseTest.Decide(refuse, state, Now)).Events.Single();
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, refused, null, TestError.Entry, Words, When.At(Now)), state, Now)).Rejection.ShouldBeNull();

        State.Find(Test)!.Phase.ShouldBe(TestPhase.Notified);
        WhenAsked(state => RefuseTest.Decide(refuse, state, Now)).ShouldBeAlreadyDone();
        RefuseTest.Decide(refuse with { When = When.At(Morning.AddHours(2)) }, State, Now).Events.Single().ShouldBeOfType<DrugTestRefused>();
    }

    [Fact]
    public void A_result_of_another_participant_is_struck_out_and_its_own_is_awaited_again()
    {
        GivenCollected();
        var report = Report(Positive("thc")) with { When = When.At(Now.AddHours(-1)) };
        var reported = WhenAsked(state => ReportTestResult.Decide(report, state, Now)).Events.Single();
        WhenAsked(state => ContestResult.Decide(new(Of, Test, null, When.At(Now)), state, Now)).Events.ShouldHaveSingleItem();
        var strike = new CorrectTest(Of, Test, Wrong, reported, null, TestError.Entry, Words, When.At(Now));
        WhenAsked(state => CorrectTest.Decide(strike with { Error = TestError.Laboratory }, state, Now)).ShouldBeRefused(DrugTestRejections.RightResultMissing());

        var struck = WhenAsked(state => CorrectTest.Decide(strike, state, Now)).Events.Single().ShouldBeOfType<DrugTestCorrected>();

        (struck.Corrects, struck.Outcome).ShouldBe((TestStatement.Result, null));
        var test = State.Find(Test)!;
        (test.Standing, test.Phase, test.AwaitsResult, test.Outcome, test.ReportedAt, test.Contested).ShouldBe((TestStanding.Open, TestPhase.Collected, true, null, null, false));
        State.PositiveDays.ShouldBeEmpty();
        WhenAsked(state => CorrectTest.Decide(strike, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => ReportTestResult.Decide(report, state, Now)).ShouldBeAlreadyDone();

        WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).Events.ShouldHaveSingleItem();
        WhenAsked(state => CorrectTest.Decide(strike with { IsToldAnew = true, Reason = Sealed<string>.Of("Otherwise.") }, state, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        Standing.ShouldBe(TestStanding.Negative);
    }

    [Fact]
    public void One_that_nobody_waited_for_any_more_is_awaited_no_more_when_its_late_result_is_struck_out()
    {
        GivenCollected();
        var close = new CloseTest(Of, Test, TestClosure.NotReported, IsErased: false, When.At(Now));
        WhenAsked(state => CloseTest.Decide(close, state, Now)).Events.ShouldHaveSingleItem();
        var reported = WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).Events.Single();
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, reported, null, TestError.Entry, Words, When.At(Now)), state, Now)).Events.ShouldHaveSingleItem();

        (State.Find(Test)!.Phase, State.Find(Test)!.AwaitsResult).ShouldBe((TestPhase.Closed, false));
        WhenAsked(state => CloseTest.Decide(close, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void A_confirmation_is_corrected_by_the_right_one_and_not_struck_out()
    {
        GivenReported(Negative);
        var confirmed = WhenAsked(state => ConfirmResult.Decide(new(Of, Test, Positive("cocaine"), "state-laboratory", When.At(Now)), state, Now)).Events.Single();
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, confirmed, null, TestError.Entry, Words, When.At(Now)), state, Now)).ShouldBeRefused(DrugTestRejections.RightResultMissing());
    }

    /// <summary>The slip of the collection arrives late: the miss never was, and what was given counts.</summary>
    [Fact]
    public void Once_a_miss_is_struck_out_the_specimen_can_be_recorded()
    {
        GivenNotified();
        var missed = WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).Events.Single();
        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Now)).ShouldBeRefused(DrugTestRejections.NotTaken());
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, missed, null, TestError.Entry, Words, When.At(Now)), state, Now)).Rejection.ShouldBeNull();

        RefuseTest.Decide(new(Of, Test, Words, Rules, Day, When.At(Now)), State, Now).Events.Single().ShouldBeOfType<DrugTestRefused>();
        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Now)).Events.Single().ShouldBeOfType<DrugTestCollected>().WithinWindow.ShouldBeTrue();
        WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).Rejection.ShouldBeNull();
        Standing.ShouldBe(TestStanding.Negative);
    }

    [Fact]
    public void Once_a_refusal_is_struck_out_it_can_be_a_miss_and_an_excused_one_stays_over()
    {
        GivenNotified();
        var refused = WhenAsked(state => RefuseTest.Decide(new(Of, Test, Words, Rules, Day, When.At(Now)), state, Now)).Events.Single();
        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).ShouldBeRefused(DrugTestRejections.AlreadyAnswered());
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, refused, null, TestError.Entry, Words, When.At(Now)), state, Now)).Rejection.ShouldBeNull();

        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).Events.Single().ShouldBeOfType<DrugTestMissed>();
        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Now)).ShouldBeRefused(DrugTestRejections.NotTaken());
        WhenAsked(state => ExcuseTest.Decide(new(Of, Test, Words, When.At(Now)), state, Now)).Rejection.ShouldBeNull();
        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Now)).ShouldBeRefused(DrugTestRejections.NotTaken());
    }

    [Fact]
    public void Once_confirmed_the_first_report_is_corrected_no_more_and_the_confirmation_is()
    {
        GivenCollected();
        var reported = WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).Events.Single();
        var confirmed = WhenAsked(state => ConfirmResult.Decide(new(Of, Test, Positive("cocaine"), "state-laboratory", When.At(Now)), state, Now)).Events.Single();
        var correct = new CorrectTest(Of, Test, Wrong, reported, Positive("opiates"), TestError.Laboratory, Words, When.At(Now));

        WhenAsked(state => CorrectTest.Decide(correct, state, Now)).ShouldBeRefused(DrugTestRejections.ConfirmedSince());
        Standing.ShouldBe(TestStanding.Positive);
        WhenAsked(state => CorrectTest.Decide(correct with { Corrected = confirmed, Outcome = Negative }, state, Now)).Events.Single().ShouldBeOfType<DrugTestCorrected>();
        Standing.ShouldBe(TestStanding.Negative);
    }

    [Fact]
    public void Only_what_says_something_of_this_very_test_is_corrected()
    {
        GivenReported(Negative);
        var ofAnother = new DrugTestMissed(CountsAs.NonCompliance) { ParticipationId = Of.ParticipationId, ClientId = Of.ClientId, Court = Of.Court, TestId = Wrong };
        var selected = SelectDrugTest.Decide(Select(), DrugTestingState.Initial, Now).Events.Single();
        var correct = new CorrectTest(Of, Test, Wrong, null, Positive("cocaine"), TestError.Laboratory, Words, When.At(Now));

        WhenAsked(state => CorrectTest.Decide(correct, state, Now)).ShouldBeRefused(DrugTestRejections.EventUnknown(Wrong));
        WhenAsked(state => CorrectTest.Decide(correct with { Corrected = ofAnother }, state, Now)).ShouldBeRefused(DrugTestRejections.EventUnknown(Wrong));
        WhenAsked(state => CorrectTest.Decide(correct with { Corrected = selected }, state, Now)).ShouldBeRefused(DrugTestRejections.NotCorrectable());
    }
}
