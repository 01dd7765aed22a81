using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>A notice, or a specimen, that was entered with a wrong time: the window moves with the one, and whether the other was in time is judged anew (R31, R32).</summary>
public sealed class CorrectingWhenSomebodyWasTold : DrugTestSpec
{
    private static readonly Guid Entry = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e9");
    private static readonly Guid Miss = Guid.Parse("0195d6c4-0000-7000-8000-0000000000ea");

    private static CorrectTest Correct(DrugTestEvent corrected, When? notified = null, When? collected = null) =>
        new(Of, Test, Entry, corrected, null, TestError.Entry, Words, When.At(Now)) { Notified = notified, Collected = collected, Calendar = Calendar, Rules = Rules, MissedEventId = Miss };

    private static CorrectTest Told(DrugTestEvent notice, DateTimeOffset at) => Correct(notice, notified: When.At(at));

    private static CorrectTest Given(DrugTestEvent specimen, DateTimeOffset at) => Correct(specimen, collected: When.At(at));

    private static When Local(DateOnly day) => Calendar.DayOf(day) is var (start, end) ? new When(start, TimePrecision.Day, Now, end) : default;

    /// <returns>The notice at midnight, whose window ends at eight.</returns>
    private DrugTestEvent GivenNotice()
    {
        GivenSelected();
        return WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning)), state, Now)).Events.Single();
    }

    private DrugTestEvent GivenSpecimen(double hours) => WhenAsked(state => CollectSpecimen.Decide(Collect(Morning.AddHours(hours)), state, Now)).Events.Single();

    private DrugTestCorrected Corrected(CorrectTest command) => WhenAsked(state => CorrectTest.Decide(command, state, Now)).Events.Single().ShouldBeOfType<DrugTestCorrected>();

    private bool IsLate => State.Find(Test)!.Against.ContainsKey(TestStatement.Late);

    [Fact]
    public void The_window_moves_with_the_notice_as_if_it_had_been_entered_in_time()
    {
        var notice = GivenNotice();
        WhenAsked(state => CorrectTest.Decide(Told(notice, Morning.AddHours(1)), state, Now)).ShouldRecord(Fact(
            new DrugTestCorrected(Entry, Morning.AddHours(1), null, TestError.Entry, Words)
            {
                ParticipationId = Of.ParticipationId,
                ClientId = Of.ClientId,
                Court = Of.Court,
                TestId = Test,
                Corrects = TestStatement.Notified,
                CollectBy = Morning.AddHours(9),
            },
            Now));

        var inTime = new CorrectingWhenSomebodyWasTold();
        inTime.GivenNotified(Morning.AddHours(1));
        State.Find(Test).ShouldBe(inTime.State.Find(Test));
        GivenSpecimen(8.5);
        IsLate.ShouldBeFalse();
    }

    [Fact]
    public void Told_again_it_is_done_and_with_another_reason_refused()
    {
        var notice = GivenNotice();
        WhenAsked(state => CorrectTest.Decide(Told(notice, Morning), state, Now)).ShouldBeRefused(DrugTestRejections.NothingCorrected());
        Corrected(Told(notice, Morning.AddHours(1)));
        WhenAsked(state => CorrectTest.Decide(Told(notice, Morning.AddHours(1)), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => CorrectTest.Decide(Told(notice, Morning.AddHours(1)) with { Reason = Sealed<string>.Of("Otherwise.") }, state, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());

        var specimen = GivenSpecimen(2);
        WhenAsked(state => CorrectTest.Decide(Given(specimen, Morning.AddHours(2)), state, Now)).ShouldBeRefused(DrugTestRejections.NothingCorrected());
        var stated = Given(specimen, Morning.AddHours(3)) with { When = When.At(Now.AddMinutes(-5)) };
        Corrected(stated);
        Corrected(Given(specimen, Morning.AddHours(4)));
        WhenAsked(state => CorrectTest.Decide(stated, state, Now)).ShouldBeAlreadyDone();
        State.Find(Test)!.CollectedAt.ShouldBe(Morning.AddHours(4), "what is told again puts nothing aside");
        Corrected(Given(specimen, Morning.AddHours(3))).OccurredAt.ShouldBe(Now, "without a time it is said anew");
    }

    /// <summary>Both ends of the window: told an hour later it is in time, told as before it is late.</summary>
    [Fact]
    public void A_specimen_is_in_time_or_late_by_the_right_notice()
    {
        var notice = GivenNotice();
        GivenSpecimen(9);
        (IsLate, Standing).ShouldBe((true, TestStanding.NonCompliance));

        var right = Corrected(Told(notice, Morning.AddHours(1)));
        (right.InTime, right.CountsAs, IsLate, Standing).ShouldBe((true, null, false, TestStanding.Open));
        var wrong = Corrected(Told(notice, Morning.AddHours(1).AddTicks(-1)));
        (wrong.InTime, wrong.CountsAs, IsLate).ShouldBe((false, CountsAs.NonCompliance, true));
        var earlier = Corrected(Told(notice, Morning));
        (earlier.InTime, earlier.CountsAs, IsLate).ShouldBe((null, null, true), "it is as late as before");
    }

    [Fact]
    public void A_specimen_is_in_time_or_late_by_its_own_right_time_and_counts_by_that_day()
    {
        GivenNotice();
        var specimen = GivenSpecimen(1);

        var late = Corrected(Given(specimen, Morning.AddHours(8).AddTicks(1)));
        (late.Corrects, late.InTime, late.CountsAs, late.On, IsLate).ShouldBe((TestStatement.Collected, false, CountsAs.NonCompliance, Day, true));
        (State.Find(Test)!.CollectedAt, State.Find(Test)!.CollectedUntil).ShouldBe((Morning.AddHours(8).AddTicks(1), Morning.AddHours(8).AddTicks(1)));
        Corrected(Given(specimen, Morning.AddHours(8))).InTime.ShouldBe(true);
        IsLate.ShouldBeFalse();

        var tomorrow = Now.AddHours(20);
        WhenAsked(state => CorrectTest.Decide(Given(specimen, tomorrow) with { When = When.At(tomorrow) }, state, tomorrow)).Rejection.ShouldBeNull();
        (State.Find(Test)!.CountsOn, IsLate).ShouldBe((Day.AddDays(1), true));
        CorrectTest.Decide(Correct(specimen) with { Error = TestError.Collection }, State, tomorrow).Events.Single().ShouldBeOfType<DrugTestCorrected>().Corrects
            .ShouldBe(TestStatement.Late, "what is late by a right time can be struck out, as what was late from the first");
    }

    [Fact]
    public void What_was_excused_or_struck_out_stays_so()
    {
        var notice = GivenNotice();
        var specimen = GivenSpecimen(9);
        WhenAsked(state => ExcuseTest.Decide(new(Of, Test, Words, When.At(Now)), state, Now)).Rejection.ShouldBeNull();
        Corrected(Told(notice, Morning.AddHours(1)));
        Corrected(Told(notice, Morning.AddMinutes(1)));
        IsLate.ShouldBeFalse();

        var struck = new CorrectingWhenSomebodyWasTold();
        struck.GivenNotice();
        specimen = struck.GivenSpecimen(9);
        struck.WhenAsked(state => CorrectTest.Decide(Correct(specimen), state, Now)).Rejection.ShouldBeNull();
        struck.Corrected(Given(specimen, Morning.AddHours(9.5))).InTime.ShouldBeNull();
        struck.IsLate.ShouldBeFalse();
    }

    /// <summary>As a notice that is told: on the day of the draw, after it was drawn, and before the answer.</summary>
    [Fact]
    public void A_notice_was_on_its_day_after_the_draw_and_before_the_answer()
    {
        GivenSelected();
        WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(Morning.AddHours(2))), state, Now)).Rejection.ShouldBeNull();
        var notice = new DrugTestNotified(Specimen.Urine, ContactMode.Phone, Morning.AddHours(10)) { ParticipationId = Of.ParticipationId, ClientId = Of.ClientId, Court = Of.Court, TestId = Test }.At(Morning.AddHours(2));
        CorrectTest.Decide(Told(notice, Morning.AddTicks(-1)), State, Now).ShouldBeRefused(DrugTestRejections.BeforeItsDay() with { Field = "notified" });
        CorrectTest.Decide(Told(notice, Now.AddDays(1)) with { When = When.At(Now.AddDays(1)) }, State, Now.AddDays(1)).ShouldBeRefused(DrugTestRejections.DayOver() with { Field = "notified" });
        CorrectTest.Decide(Told(notice, Now.AddHours(1)), State, Now).ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddHours(1), Now));
        CorrectTest.Decide(Told(notice, Now) with { When = When.At(Now.AddMinutes(-1)) }, State, Now).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"what is corrected, {Now:u}"));
        CorrectTest.Decide(Told(notice, Now) with { Over = new ResultTime(Now.AddTicks(-1), null) }, State, Now).ShouldBeRefused(DrugTestRejections.AfterTheEnd("notified"));
        CorrectTest.Decide(Told(notice, Now) with { Of = Of with { Death = new KnownDeath("hospital", Now.AddHours(-1), Now.AddHours(-1)) } }, State, Now).Rejection!.Code.ShouldBe("participant-deceased");

        var specimen = GivenSpecimen(3);
        CorrectTest.Decide(Told(notice, Morning.AddHours(3).AddTicks(1)), State, Now).ShouldBeRefused(DrugTestRejections.NoticeAfterAnswer());
        CorrectTest.Decide(Told(notice, Morning.AddHours(3)), State, Now).Rejection.ShouldBeNull();
        CorrectTest.Decide(Given(specimen, Morning.AddHours(2).AddTicks(-1)), State, Now).ShouldBeRefused(DrugTestRejections.BeforeNotice() with { Field = "collected" });
        CorrectTest.Decide(Given(specimen, Now) with { Over = new ResultTime(Now.AddTicks(-1), null) }, State, Now).ShouldBeRefused(DrugTestRejections.AfterTheEnd("collected"));
    }

    [Fact]
    public void A_notice_was_after_the_order_and_before_a_refusal()
    {
        WhenAsked(state => SelectDrugTest.Decide(Select(TestSelection.ForCause) with { OrderedOn = Day, Ordered = When.At(Morning.AddHours(1)) }, state, Now)).Rejection.ShouldBeNull();
        var notice = WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.OralFluid, ContactMode.Phone, Rules, Day, When.At(Morning.AddHours(2))), state, Now)).Events.Single();
        CorrectTest.Decide(Told(notice, Morning.AddMinutes(59)), State, Now).ShouldBeRefused(DrugTestRejections.BeforeSelection() with { Field = "notified" });
        Corrected(Told(notice, Morning.AddHours(1))).CollectBy.ShouldBe(Morning.AddHours(5), "oral fluid has four hours");

        WhenAsked(state => RefuseTest.Decide(new(Of, Test, null, Rules, Day, When.At(Morning.AddHours(3))), state, Now)).Rejection.ShouldBeNull();
        CorrectTest.Decide(Told(notice, Morning.AddHours(3).AddTicks(1)), State, Now).ShouldBeRefused(DrugTestRejections.NoticeAfterAnswer());
        CorrectTest.Decide(Told(notice, Morning.AddHours(3)), State, Now).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_specimen_was_given_before_what_was_found_in_it()
    {
        GivenNotice();
        var specimen = GivenSpecimen(1);
        Rejection? At(double hours) => CorrectTest.Decide(Given(specimen, Morning.AddHours(hours)), State, Now).Rejection;
        var dilute = WhenAsked(state => FlagSpecimen.Decide(new(Of, Test, TestStatement.Dilute, Rules, When.At(Morning.AddHours(3))), state, Now)).Events.Single();
        (At(3), At(3.1)).ShouldBe((null, DrugTestRejections.SpecimenAfterFinding()));
        WhenAsked(state => CorrectTest.Decide(Correct(dilute), state, Now)).Rejection.ShouldBeNull();
        At(3.1).ShouldBeNull("what was struck out was never found");

        WhenAsked(state => ReportTestResult.Decide(Report(Negative) with { When = When.At(Morning.AddHours(5)) }, state, Now)).Rejection.ShouldBeNull();
        (At(5), At(5.1)).ShouldBe((null, DrugTestRejections.SpecimenAfterFinding()));
        WhenAsked(state => ConfirmResult.Decide(new(Of, Test, Negative, "state-laboratory", When.At(Morning.AddHours(4))), state, Now)).Rejection.ShouldBeNull();
        At(4.1).ShouldBe(DrugTestRejections.SpecimenAfterFinding());

        var closed = new CorrectingWhenSomebodyWasTold();
        closed.GivenNotice();
        specimen = closed.GivenSpecimen(1);
        closed.WhenAsked(state => CloseTest.Decide(new(Of, Test, TestClosure.NotReported, IsErased: false, When.At(Morning.AddHours(2))), state, Now)).Rejection.ShouldBeNull();
        CorrectTest.Decide(Given(specimen, Morning.AddHours(2.1)), closed.State, Now).Rejection.ShouldBeNull("that nobody waits any more says nothing of when it was given");
    }

    /// <summary>A miss happened when the window ended: it moves with the notice, and where that has not ended the miss is struck out first.</summary>
    [Fact]
    public void A_miss_moves_with_the_window()
    {
        var notice = GivenNotice();
        var miss = WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).Events.Single();
        CorrectTest.Decide(Told(notice, Morning.AddHours(2)), State, Now).ShouldBeRefused(DrugTestRejections.WindowOpen(Now) with { Field = "notified" });
        CorrectTest.Decide(Told(notice, Morning.AddHours(1)) with { Of = Of with { Death = new KnownDeath("hospital", Now.AddHours(-1.5), Now) } }, State, Now).Rejection!.Code.ShouldBe("participant-deceased");

        var facts = WhenAsked(state => CorrectTest.Decide(Told(notice, Morning.AddHours(1)), state, Now)).Events.Cast<DrugTestCorrected>().ToList();
        facts.Select(fact => (fact.CorrectedEventId, fact.Corrects, fact.CorrectedOccurredAt, fact.CollectBy, fact.On)).ShouldBe(
        [
            (Entry, TestStatement.Notified, Morning.AddHours(1), Morning.AddHours(9), null),
            (Miss, TestStatement.WindowOver, Morning.AddHours(9), null, Day),
        ]);
        WhenAsked(state => CorrectTest.Decide(Told(notice, Morning.AddHours(1)), state, Now)).ShouldBeAlreadyDone();
        (State.Find(Test)!.Phase, State.Find(Test)!.CollectBy, State.Find(Test)!.CountsOn, Standing).ShouldBe((TestPhase.Missed, Morning.AddHours(9), Day, TestStanding.NonCompliance));

        WhenAsked(state => CorrectTest.Decide(Correct(miss) with { CorrectedEventId = Miss }, state, Now)).Rejection.ShouldBeNull();
        Corrected(Told(notice, Morning.AddHours(2))).CollectBy.ShouldBe(Now, "nobody missed it any more");
        GivenSpecimen(9.9);
        IsLate.ShouldBeFalse();
    }

    /// <summary>Nobody is late who may be in time: the window runs from the end of the day, and a specimen of a day may be of its beginning.</summary>
    [Fact]
    public void Of_a_day_a_notice_and_a_specimen_count_from_its_end()
    {
        var (start, end) = Calendar.DayOf(Day);
        var later = end.AddDays(1);
        var notice = GivenNotice();
        var specimen = GivenSpecimen(9);

        var told = WhenAsked(state => CorrectTest.Decide(Correct(notice, notified: Local(Day)) with { When = When.At(later) }, state, later)).Events.Single().ShouldBeOfType<DrugTestCorrected>();
        (told.CorrectedOccurredAt, ((ICorrection)told).CorrectedCountsFrom, told.CollectBy, told.InTime).ShouldBe((start, end, end.AddHours(8), true));
        WhenAsked(state => CorrectTest.Decide(Correct(notice, notified: Local(Day)) with { When = When.At(later) }, state, later)).ShouldBeAlreadyDone();

        var given = WhenAsked(state => CorrectTest.Decide(Correct(specimen, collected: Local(Day)) with { When = When.At(later) }, state, later)).Events.Single().ShouldBeOfType<DrugTestCorrected>();
        (((ICorrection)given).CorrectedCountsFrom, given.InTime, State.Find(Test)!.CollectedUntil).ShouldBe((end, null, end));
        WhenAsked(state => CorrectTest.Decide(Correct(specimen, collected: Local(Day)) with { When = When.At(later) }, state, later)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Each_time_is_corrected_by_itself_of_the_entry_that_says_it()
    {
        var notice = GivenNotice();
        var specimen = GivenSpecimen(1);
        var at = When.At(Morning.AddHours(1));
        CorrectTest.Decide(Correct(notice, notified: at, collected: at), State, Now).ShouldBeRefused(DrugTestRejections.TimesOneByOne("notified"));
        foreach (var other in new[] { Correct(specimen, collected: at) with { Outcome = Negative }, Correct(specimen, collected: at) with { Ordered = at }, Correct(specimen, collected: at) with { Reported = at } })
            CorrectTest.Decide(other, State, Now).ShouldBeRefused(DrugTestRejections.TimesOneByOne("collected"));
        CorrectTest.Decide(Correct(specimen, notified: at), State, Now).ShouldBeRefused(DrugTestRejections.NoSuchTimeCorrected("notified"));
        CorrectTest.Decide(Correct(notice, collected: at), State, Now).ShouldBeRefused(DrugTestRejections.NoSuchTimeCorrected("collected"));
        CorrectTest.Decide(Correct(new DrugTestMissed(CountsAs.NonCompliance) { ParticipationId = Of.ParticipationId, ClientId = Of.ClientId, Court = Of.Court, TestId = Test }, collected: at), State, Now)
            .ShouldBeRefused(DrugTestRejections.NoSuchTimeCorrected("collected"));
        CorrectTest.Decide(Correct(notice), State, Now).ShouldBeRefused(DrugTestRejections.NotCorrectable());
    }
}
