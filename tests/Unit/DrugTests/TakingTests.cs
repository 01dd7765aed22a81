using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>From selection to specimen: told, given in time and witnessed, missed, refused, excused (R31, R32).</summary>
public sealed class TakingTests : DrugTestSpec
{
    [Fact]
    public void A_test_is_selected_once_for_a_reason_and_only_in_a_court_that_tests()
    {
        WhenAsked(state => SelectDrugTest.Decide(Select() with { Rules = null }, state, Now)).ShouldBeRefused(SelectionRejections.CourtWithoutTests());
        WhenAsked(state => SelectDrugTest.Decide(Select(TestSelection.ForCause) with { Reason = null }, state, Now)).ShouldBeRefused(DrugTestRejections.CauseMissing());

        WhenAsked(state => SelectDrugTest.Decide(Select(TestSelection.ForCause), state, Now)).Events.Single().ShouldBeOfType<DrugTestSelected>().Reason.ShouldBe(Words);
        WhenAsked(state => SelectDrugTest.Decide(Select(TestSelection.ForCause), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => SelectDrugTest.Decide(Select(), state, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    /// <summary>Whoever has died is told of no test, and misses none; what came before the death counts.</summary>
    [Fact]
    public void The_dead_are_not_tested_and_miss_nothing()
    {
        GivenNotified();
        var end = Morning.AddHours(8);
        TestedBy DiedAt(DateTimeOffset at) => Of with { Death = new KnownDeath("medical-examiner", at, at) };

        MissTest.Decide(new(DiedAt(end), Test, Rules, Calendar), State, Now).ShouldBeRefused(ClientRejections.ParticipantDeceased());
        MissTest.Decide(new(DiedAt(end.AddTicks(1)), Test, Rules, Calendar), State, Now).Events.Single().ShouldBeOfType<DrugTestMissed>();
        RefuseTest.Decide(new(DiedAt(Morning), Test, Words, Rules, Day, When.At(Morning.AddHours(1))), State, Now).ShouldBeRefused(ClientRejections.ParticipantDeceased());
        RefuseTest.Decide(new(DiedAt(Morning.AddHours(1)), Test, Words, Rules, Day, When.At(Morning.AddHours(1))), State, Now).Rejection.ShouldBeNull();
        SelectDrugTest.Decide(Select(TestSelection.ForCause) with { Of = DiedAt(Now.AddHours(-1)), TestId = Guid.NewGuid() }, State, Now)
            .ShouldBeRefused(ClientRejections.ParticipantDeceased());
        NotifyOfTest.Decide(
            new(DiedAt(Morning.AddMinutes(-1)), Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning)),
            SelectDrugTest.Decide(Select(), DrugTestingState.Initial, Morning).Events.Aggregate(DrugTestingState.Initial, DrugTestingState.Evolve), Now)
            .ShouldBeRefused(ClientRejections.ParticipantDeceased());
    }

    [Fact]
    public void One_draw_makes_one_test_whoever_draws_it() =>
        SelectDrugTest.IdOfDrawn(Of.ParticipationId, new DateOnly(2026, 3, 3)).ShouldBe(SelectDrugTest.IdOfDrawn(Of.ParticipationId, new DateOnly(2026, 3, 3)));

    [Theory]
    [InlineData(Specimen.Urine, 8)]
    [InlineData(Specimen.OralFluid, 4)]
    public void The_window_runs_from_the_notice(Specimen specimen, int hours)
    {
        GivenSelected();

        var notice = new NotifyOfTest(Of, Test, specimen, ContactMode.Phone, Rules, Day, When.At(Morning));
        WhenAsked(state => NotifyOfTest.Decide(notice, state, Now)).Events.Single().ShouldBeOfType<DrugTestNotified>().CollectBy.ShouldBe(Morning.AddHours(hours));
        WhenAsked(state => NotifyOfTest.Decide(notice, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => NotifyOfTest.Decide(notice with { When = When.At(Morning.AddHours(2)) }, state, Now)).ShouldBeRefused(DrugTestRejections.NoticeTooLate());
    }

    /// <summary>A window that began before the test was ordered would be over before anybody could know of it.</summary>
    [Fact]
    public void Nobody_was_told_of_a_test_before_it_was_ordered_or_drawn()
    {
        GivenSelected();
        NotifyOfTest Notice(When when) => new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, when);

        WhenAsked(state => NotifyOfTest.Decide(Notice(When.At(Morning.AddTicks(-1))), state, Now)).ShouldBeRefused(DrugTestRejections.BeforeSelection());
        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).ShouldBeRefused(DrugTestRejections.NotNotified());
        var (start, end) = Calendar.DayOf(Day);
        NotifyOfTest.Decide(Notice(new When(start, TimePrecision.Day, Now, end)), State, Now).Events.Single().ShouldBeOfType<DrugTestNotified>()
            .CollectBy.ShouldBe(end.AddHours(8), "of a notice known to the day the window runs from its end");
    }

    [Fact]
    public void Nobody_is_asked_for_a_specimen_of_a_day_that_was_over_when_it_was_drawn()
    {
        GivenSelected(caughtUp: true);

        WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Now)), state, Now)).ShouldBeRefused(DrugTestRejections.DayOver());
        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).ShouldBeRefused(DrugTestRejections.NotNotified());
        Standing.ShouldBe(TestStanding.Open);
    }

    [Fact]
    public void A_drawn_test_is_told_on_its_day_alone()
    {
        GivenSelected();
        var notice = new NotifyOfTest(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning));

        WhenAsked(state => NotifyOfTest.Decide(notice with { On = Day.AddDays(-1), When = When.At(Morning.AddMinutes(-1)) }, state, Now)).ShouldBeRefused(DrugTestRejections.BeforeItsDay());
        WhenAsked(state => NotifyOfTest.Decide(notice with { On = Day.AddDays(1), When = When.At(Now) }, state, Now)).ShouldBeRefused(DrugTestRejections.DayOver());
        WhenAsked(state => NotifyOfTest.Decide(notice, state, Now)).Events.Single().ShouldBeOfType<DrugTestNotified>();
    }

    [Fact]
    public void A_test_that_nobody_drew_is_told_later_too_and_never_before()
    {
        WhenAsked(state => SelectDrugTest.Decide(Select(TestSelection.ForCause), state, Morning));
        var notice = new NotifyOfTest(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day.AddDays(-1), When.At(Morning));

        WhenAsked(state => NotifyOfTest.Decide(notice, state, Now)).ShouldBeRefused(DrugTestRejections.BeforeItsDay());
        WhenAsked(state => NotifyOfTest.Decide(notice with { On = Day.AddDays(1) }, state, Now)).Events.Single().ShouldBeOfType<DrugTestNotified>();
    }

    /// <summary>Whoever may have been in time is not late.</summary>
    [Fact]
    public void Of_a_notice_known_to_the_day_the_window_runs_from_the_end_of_that_day()
    {
        GivenSelected();
        var day = new When(Morning, TimePrecision.Day, Now, Morning.AddDays(1));
        WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, day), state, Now))
            .Events.Single().ShouldBeOfType<DrugTestNotified>().CollectBy.ShouldBe(Morning.AddDays(1).AddHours(8));

        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).ShouldBeRefused(DrugTestRejections.WindowOpen(Morning.AddDays(1).AddHours(8)));
        WhenAsked(state => CollectSpecimen.Decide(Collect(Morning.AddHours(9)), state, Now)).Events.Single().ShouldBeOfType<DrugTestCollected>().WithinWindow.ShouldBeTrue();
    }

    [Fact]
    public void What_is_known_to_the_day_may_have_happened_after_the_notice()
    {
        GivenNotified(Morning.AddHours(2));
        var day = new When(Morning, TimePrecision.Day, Now, Morning.AddDays(1));

        RefuseTest.Decide(new(Of, Test, null, Rules, Day, day), State, Now).Events.Single().ShouldBeOfType<DrugTestRefused>();
        CollectSpecimen.Decide(Collect() with { When = day }, State, Now).Events.Single().ShouldBeOfType<DrugTestCollected>().WithinWindow.ShouldBeTrue();
    }

    [Fact]
    public void A_specimen_is_given_by_somebody_known_before_a_witness()
    {
        GivenSelected();
        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Now)).ShouldBeRefused(DrugTestRejections.NotNotified());
        WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning)), state, Now));

        WhenAsked(state => CollectSpecimen.Decide(Collect() with { IdentityChecked = false }, state, Now)).ShouldBeRefused(DrugTestRejections.IdentityNotChecked());
        WhenAsked(state => CollectSpecimen.Decide(Collect() with { WitnessedBy = null }, state, Now)).ShouldBeRefused(DrugTestRejections.NotWitnessed());
        WhenAsked(state => CollectSpecimen.Decide(Collect() with { Specimen = Specimen.OralFluid }, state, Now)).ShouldBeRefused(DrugTestRejections.AnotherSpecimen());
        WhenAsked(state => CollectSpecimen.Decide(Collect(Morning.AddMinutes(-1)), state, Now)).ShouldBeRefused(DrugTestRejections.BeforeNotice());
        WhenAsked(state => CollectSpecimen.Decide(Collect(Now.AddHours(1)), state, Now)).Rejection!.Code.ShouldBe("known-in-future");

        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Now)).Events.Single().ShouldBeOfType<DrugTestCollected>().WithinWindow.ShouldBeTrue();
        WhenAsked(state => CollectSpecimen.Decide(Collect(), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => CollectSpecimen.Decide(Collect(Morning.AddHours(2)), state, Now)).ShouldBeRefused(DrugTestRejections.AlreadyCollected());
        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).ShouldBeRefused(DrugTestRejections.AlreadyAnswered());
        WhenAsked(state => RefuseTest.Decide(new(Of, Test, null, Rules, Day, When.At(Now)), state, Now)).ShouldBeRefused(DrugTestRejections.AlreadyAnswered());
    }

    /// <summary>On the last instant of the window it is in time.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void After_the_window_a_specimen_counts_as_a_missed_test_does_even_when_it_is_negative(int seconds, bool inTime)
    {
        GivenCollected(Morning.AddHours(8).AddSeconds(seconds));
        WhenAsked(state => ReportTestResult.Decide(Report(Negative), state, Now));

        Standing.ShouldBe(inTime ? TestStanding.Negative : TestStanding.NonCompliance);
    }

    [Fact]
    public void A_test_is_missed_when_the_window_has_passed_and_is_no_positive_one()
    {
        GivenNotified(Now.AddHours(-8));
        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).ShouldBeRefused(DrugTestRejections.WindowOpen(Now));

        var missed = WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now.AddMinutes(30))).Events.Single().ShouldBeOfType<DrugTestMissed>();
        (missed.OccurredAt, missed.KnownAt).ShouldBe((Now, Now.AddMinutes(30)));
        Standing.ShouldBe(TestStanding.NonCompliance);
        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now.AddHours(1))).ShouldBeAlreadyDone();
        WhenAsked(state => CollectSpecimen.Decide(Collect(Now.AddMinutes(40)), state, Now.AddHours(1))).ShouldBeRefused(DrugTestRejections.NotTaken());
    }

    /// <summary>What counts as what is the court's (R32).</summary>
    [Theory]
    [InlineData(CountsAs.Nothing, TestStanding.Excused)]
    [InlineData(CountsAs.NonCompliance, TestStanding.NonCompliance)]
    [InlineData(CountsAs.Positive, TestStanding.Positive)]
    public void What_a_missed_or_refused_test_counts_as_is_the_courts_rule(CountsAs rule, TestStanding standing)
    {
        GivenNotified();
        WhenAsked(state => RefuseTest.Decide(new(Of, Test, Words, Rules with { Refused = rule }, Day, When.At(Now)), state, Now)).Events.Single().ShouldBeOfType<DrugTestRefused>();

        Standing.ShouldBe(standing);
        WhenAsked(state => RefuseTest.Decide(new(Of, Test, Words, Rules, Day, When.At(Now)), state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Nobody_refuses_before_being_told()
    {
        GivenSelected();
        WhenAsked(state => RefuseTest.Decide(new(Of, Test, null, Rules, Day, When.At(Now)), state, Now)).ShouldBeRefused(DrugTestRejections.NotNotified());
        WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning)), state, Now));
        WhenAsked(state => RefuseTest.Decide(new(Of, Test, null, Rules, Day, When.At(Morning.AddMinutes(-1))), state, Now)).ShouldBeRefused(DrugTestRejections.BeforeNotice());
    }

    [Fact]
    public void An_excuse_lifts_that_it_was_missed_or_late_and_never_a_result()
    {
        GivenCollected(Morning.AddHours(9));
        WhenAsked(state => ReportTestResult.Decide(Report(Positive("fentanyl")), state, Now));
        var excuse = new ExcuseTest(Of, Test, Words, When.At(Now));

        WhenAsked(state => ExcuseTest.Decide(excuse, state, Now)).Events.Single().ShouldBeOfType<DrugTestExcused>();
        Standing.ShouldBe(TestStanding.Positive);
        State.Find(Test)!.Against.ShouldBeEmpty();
        WhenAsked(state => ExcuseTest.Decide(excuse, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void There_is_nothing_to_excuse_in_a_test_that_was_given_in_time()
    {
        GivenCollected();
        WhenAsked(state => ExcuseTest.Decide(new(Of, Test, Words, When.At(Now)), state, Now)).ShouldBeRefused(DrugTestRejections.NothingToExcuse());
    }

    [Fact]
    public void What_was_never_selected_does_not_exist()
    {
        var gone = DrugTestRejections.NotFound(Test);
        NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Now)), State, Now).ShouldBeRefused(gone);
        CollectSpecimen.Decide(Collect(), State, Now).ShouldBeRefused(gone);
        MissTest.Decide(new(Of, Test, Rules, Calendar), State, Now).ShouldBeRefused(gone);
        RefuseTest.Decide(new(Of, Test, null, Rules, Day, When.At(Now)), State, Now).ShouldBeRefused(gone);
        ExcuseTest.Decide(new(Of, Test, Words, When.At(Now)), State, Now).ShouldBeRefused(gone);
        FlagSpecimen.Decide(new(Of, Test, TestStatement.Dilute, Rules, When.At(Now)), State, Now).ShouldBeRefused(gone);
        ReportTestResult.Decide(Report(Negative), State, Now).ShouldBeRefused(gone);
        ContestResult.Decide(new(Of, Test, null, When.At(Now)), State, Now).ShouldBeRefused(gone);
        ConfirmResult.Decide(new(Of, Test, Negative, "state-laboratory", When.At(Now)), State, Now).ShouldBeRefused(gone);
        CorrectTest.Decide(new(Of, Test, Test, null, null, TestError.Entry, Words, When.At(Now)), State, Now).ShouldBeRefused(gone);
    }
}
