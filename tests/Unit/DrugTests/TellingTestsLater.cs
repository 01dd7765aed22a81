using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>A fact on record that says exactly this is told already, whatever came later: a request that is sent twice undoes nothing that was put right.</summary>
public sealed class TellingTestsLater : DrugTestSpec
{
    private static readonly Guid Wrong = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e9");
    private static readonly DateTimeOffset Later = Now.AddDays(2);
    private static readonly When First = new(Now.AddDays(1), TimePrecision.Exact, Later);
    private static readonly When Second = new(Now.AddDays(1).AddHours(3), TimePrecision.Exact, Later);

    private static ContestResult Contest(When when) => new(Of, Test, Words, when);

    private static ConfirmResult Confirm(TestOutcome outcome, When when) => new(Of, Test, outcome, "state-laboratory", when);

    private static CorrectTest Correct(DrugTestEvent corrected, TestOutcome? outcome, When when) =>
        new(Of, Test, Wrong, corrected, outcome, TestError.Laboratory, Words, when) { Calendar = Calendar };

    private Decision<DrugTestEvent> Asked(CorrectTest command) => WhenAsked(state => CorrectTest.Decide(command, state, Later));

    [Fact]
    public void A_correction_that_was_put_right_itself()
    {
        GivenReported(Negative);
        var confirmed = WhenAsked(state => ConfirmResult.Decide(Confirm(Negative, When.At(Now)), state, Now)).Events.Single();
        var positive = Correct(confirmed, Positive("thc"), First);
        Asked(positive).Events.ShouldHaveSingleItem();
        Asked(Correct(confirmed, Negative, Second)).Events.ShouldHaveSingleItem();

        Asked(positive).ShouldBeAlreadyDone();
        Standing.ShouldBe(TestStanding.Negative);
        Asked(positive with { Error = TestError.Entry }).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"drug test corrected, {Second.OccurredAt:u}"));
        Asked(positive with { Error = TestError.Entry, When = Second }).Events.ShouldHaveSingleItem();
        Standing.ShouldBe(TestStanding.Positive, "another statement, of why it is wrong again");
    }

    [Fact]
    public void Without_a_time_what_can_be_recorded_is_said_anew_and_what_would_be_refused_was_said()
    {
        GivenCollected();
        var report = WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).Events.Single();
        var positive = Correct(report, Positive("thc"), When.At(Later));
        Asked(positive).Events.ShouldHaveSingleItem();
        Asked(Correct(report, Negative, When.At(Later))).Events.ShouldHaveSingleItem();
        Asked(positive).Events.ShouldHaveSingleItem();
        Standing.ShouldBe(TestStanding.Positive, "somebody may have found so again");

        WhenAsked(state => ConfirmResult.Decide(Confirm(Negative, When.At(Later)), state, Later)).Rejection.ShouldBeNull();
        Asked(positive).ShouldBeAlreadyDone();
        Asked(positive with { Outcome = Positive("cocaine") }).ShouldBeRefused(DrugTestRejections.ConfirmedSince());
    }

    [Fact]
    public void A_finding_that_was_struck_out()
    {
        GivenReported(Negative);
        var flag = new FlagSpecimen(Of, Test, TestStatement.Adulterated, Rules, When.At(Now));
        var found = WhenAsked(state => FlagSpecimen.Decide(flag, state, Later)).Events.Single();
        Asked(Correct(found, null, First)).Events.ShouldHaveSingleItem();

        WhenAsked(state => FlagSpecimen.Decide(flag, state, Later)).ShouldBeAlreadyDone();
        Standing.ShouldBe(TestStanding.Negative);
        WhenAsked(state => FlagSpecimen.Decide(flag with { Finding = TestStatement.Dilute }, state, Later)).Events.ShouldHaveSingleItem();
        WhenAsked(state => FlagSpecimen.Decide(flag with { When = Second }, state, Later)).Events.ShouldHaveSingleItem();
        Standing.ShouldBe(TestStanding.Positive);
    }

    [Fact]
    public void A_time_that_was_put_right_twice()
    {
        GivenCollected();
        var report = WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).Events.Single();
        CorrectTest Reported(int hours) => Correct(report, null, First) with { Reported = When.At(Now.AddHours(-hours)) };
        Asked(Reported(2)).Events.ShouldHaveSingleItem();
        Asked(Reported(3)).Events.ShouldHaveSingleItem();

        Asked(Reported(2)).ShouldBeAlreadyDone();
        State.Find(Test)!.ReportedAt.ShouldBe(Now.AddHours(-3));
    }

    [Fact]
    public void A_time_that_stands_loses_no_reason()
    {
        GivenCollected();
        var report = WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now)).Events.Single();
        var right = Correct(report, null, First) with { Reported = When.At(Now.AddHours(-2)) };
        Asked(right with { Reported = When.At(Now) }).ShouldBeRefused(DrugTestRejections.NothingCorrected());
        Asked(right).Events.ShouldHaveSingleItem();
        Asked(right with { When = When.At(Later) }).ShouldBeAlreadyDone();
        Asked(right with { Error = TestError.Identity }).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        Asked(right with { Reason = Sealed<string>.Of("For another reason.") }).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void The_time_of_an_order_loses_no_reason()
    {
        var entered = WhenAsked(state => SelectDrugTest.Decide(
            new SelectDrugTest(Of, Test, Day, TestSelection.ForCause, CaughtUp: false, Rules, 1, Words) { OrderedOn = Day, Ordered = When.At(Now) }, state, Now)).Events.Single();
        var right = Correct(entered, null, First) with { Ordered = When.At(Now.AddHours(-2)) };
        Asked(right).Events.ShouldHaveSingleItem();
        Asked(right).ShouldBeAlreadyDone();
        Asked(right with { Error = TestError.Identity }).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        Asked(right with { Ordered = When.At(Now.AddHours(-3)) }).Events.ShouldHaveSingleItem();
        Asked(right).ShouldBeAlreadyDone();
        State.SelectedAt[Test].ShouldBe(Now.AddHours(-3));
    }

    [Fact]
    public void A_dispute_that_was_answered()
    {
        GivenReported(Positive("thc"));
        WhenAsked(state => ContestResult.Decide(Contest(First), state, Later)).Events.ShouldHaveSingleItem();
        WhenAsked(state => ConfirmResult.Decide(Confirm(Positive("thc"), Second), state, Later)).Events.ShouldHaveSingleItem();

        WhenAsked(state => ContestResult.Decide(Contest(First), state, Later)).ShouldBeAlreadyDone();
        State.Find(Test)!.ContestOpen.ShouldBeFalse();
        WhenAsked(state => ContestResult.Decide(Contest(Second), state, Later)).Events.ShouldHaveSingleItem();
        State.Find(Test)!.ContestOpen.ShouldBeTrue("a later word of theirs is another");
    }

    [Fact]
    public void A_result_that_was_confirmed_otherwise_or_corrected_since()
    {
        GivenCollected();
        var report = Report(Positive("thc"));
        var first = WhenAsked(state => ReportTestResult.Decide(report, state, Now)).Events.Single();
        Asked(Correct(first, Negative, First)).Events.ShouldHaveSingleItem();
        WhenAsked(state => ReportTestResult.Decide(report, state, Later)).ShouldBeAlreadyDone();
        WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Later)).ShouldBeRefused(DrugTestRejections.AlreadyReported());

        var confirm = Confirm(Positive("cocaine"), Second);
        var confirmed = WhenAsked(state => ConfirmResult.Decide(confirm, state, Later)).Events.Single();
        Asked(Correct(confirmed, Negative, Second)).Events.ShouldHaveSingleItem();
        WhenAsked(state => ConfirmResult.Decide(confirm, state, Later)).ShouldBeAlreadyDone();
        WhenAsked(state => ReportTestResult.Decide(report, state, Later)).ShouldBeAlreadyDone();
        WhenAsked(state => ReportTestResult.Decide(report with { Laboratory = "other-laboratory" }, state, Later)).ShouldBeRefused(DrugTestRejections.AlreadyReported());
        Standing.ShouldBe(TestStanding.Negative);
    }

    [Fact]
    public void A_notice_after_the_specimen()
    {
        GivenReported(Negative);
        var notice = new NotifyOfTest(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning));
        WhenAsked(state => NotifyOfTest.Decide(notice, state, Later)).ShouldBeAlreadyDone();
        WhenAsked(state => NotifyOfTest.Decide(notice with { Mode = ContactMode.InPerson }, state, Later)).ShouldBeRefused(DrugTestRejections.NoticeTooLate());
    }

    [Fact]
    public void A_refusal_and_a_miss_that_were_struck_out_before_the_specimen_was_recorded()
    {
        GivenNotified();
        var refuse = new RefuseTest(Of, Test, Words, Rules, Day, When.At(Now));
        var refused = WhenAsked(state => RefuseTest.Decide(refuse, state, Now)).Events.Single();
        Asked(Correct(refused, null, First)).Rejection.ShouldBeNull();
        var missed = WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Later)).Events.Single();
        Asked(Correct(missed, null, First) with { CorrectedEventId = Test }).Rejection.ShouldBeNull();
        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Later)).Rejection.ShouldBeNull();

        WhenAsked(state => RefuseTest.Decide(refuse, state, Later)).ShouldBeAlreadyDone();
        WhenAsked(state => RefuseTest.Decide(refuse with { Words = null, When = First }, state, Later)).ShouldBeRefused(DrugTestRejections.AlreadyAnswered());
        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Later)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void The_last_act_is_of_the_court_or_the_participant_and_none_that_was_struck_out()
    {
        ActOnATest.LastOf(State).ShouldBeNull();
        GivenSelected();
        ActOnATest.LastOf(State).ShouldBeNull("a draw is made whoever is drawn");
        WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning)), state, Now)).Rejection.ShouldBeNull();
        ActOnATest.LastOf(State).ShouldBe(new ActOnATest("drug test notified", Morning));
        var refused = WhenAsked(state => RefuseTest.Decide(new(Of, Test, Words, Rules, Day, When.At(Now)), state, Now)).Events.Single();
        ActOnATest.LastOf(State).ShouldBe(new ActOnATest("drug test refused", Now));
        Asked(Correct(refused, null, First)).Rejection.ShouldBeNull();
        ActOnATest.LastOf(State).ShouldBe(new ActOnATest("drug test notified", Morning));
        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Later)).Rejection.ShouldBeNull();
        WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Later)).Rejection.ShouldBeNull();
        ActOnATest.LastOf(State).ShouldBe(new ActOnATest("drug test collected", Morning.AddHours(1)));

        Given(new DrugTestSelected(Day, TestSelection.ForCause, false, 1, Words) { ParticipationId = Of.ParticipationId, ClientId = Of.ClientId, Court = Of.Court, TestId = Wrong }.At(Later));
        ActOnATest.LastOf(State).ShouldBe(new ActOnATest("drug test ordered", Later));
    }
}
