using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>A notice, a specimen or a result that is corrected to a day: what is of the next day follows it, and of the same day it may.</summary>
public sealed class CorrectingByTheDay : DrugTestSpec
{
    private static readonly Guid Entry = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e9");
    private static readonly DateTimeOffset Later = Now.AddDays(30);

    private static When On(int day) => Calendar.DayOf(Day.AddDays(day)) is var (start, end) ? new(start, TimePrecision.Day, Later, end) : default;

    private static CorrectTest Correct(DrugTestEvent corrected) =>
        new(Of, Test, Entry, corrected, null, TestError.Entry, Words, When.At(Later)) { Calendar = Calendar, Rules = Rules };

    private Decision<DrugTestEvent> Asked(CorrectTest command) => CorrectTest.Decide(command, State, Later);

    private DrugTestEvent Given(Decision<DrugTestEvent> decision)
    {
        decision.Rejection.ShouldBeNull();
        Given([.. decision.Events]);
        return decision.Events.Single();
    }

    /// <summary>For cause, so that its days are free.</summary>
    private void GivenOrdered() => Given(SelectDrugTest.Decide(Select(TestSelection.ForCause), State, Morning));

    private DrugTestEvent GivenNotice(int day) =>
        Given(NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day.AddDays(day), On(day)), State, Later));

    private DrugTestEvent GivenSpecimen(int day) =>
        Given(CollectSpecimen.Decide(Collect() with { On = Day.AddDays(day), When = On(day) }, State, Later));

    [Fact]
    public void A_specimen_is_not_of_the_day_before_the_notice_or_after_what_was_found_in_it()
    {
        GivenOrdered();
        GivenNotice(1);
        var specimen = GivenSpecimen(3);
        Given(FlagSpecimen.Decide(new(Of, Test, TestStatement.Dilute, Rules, On(5)), State, Later));

        Asked(Correct(specimen) with { Collected = On(0) }).ShouldBeRefused(DrugTestRejections.BeforeNotice() with { Field = "collected" });
        Asked(Correct(specimen) with { Collected = On(1) }).Rejection.ShouldBeNull();
        Asked(Correct(specimen) with { Collected = On(5) }).Rejection.ShouldBeNull();
        Asked(Correct(specimen) with { Collected = On(6) }).ShouldBeRefused(DrugTestRejections.SpecimenAfterFinding());
    }

    [Fact]
    public void A_notice_is_not_of_the_day_after_the_specimen_or_the_refusal()
    {
        GivenOrdered();
        var notice = GivenNotice(1);
        GivenSpecimen(3);
        Asked(Correct(notice) with { Notified = On(3) }).Rejection.ShouldBeNull();
        Asked(Correct(notice) with { Notified = On(4) }).ShouldBeRefused(DrugTestRejections.NoticeAfterAnswer());

        var refusing = new CorrectingByTheDay();
        refusing.GivenOrdered();
        notice = refusing.GivenNotice(1);
        refusing.Given(RefuseTest.Decide(new(Of, Test, Words, Rules, Day.AddDays(3), On(3)), refusing.State, Later));
        refusing.Asked(Correct(notice) with { Notified = On(3) }).Rejection.ShouldBeNull();
        refusing.Asked(Correct(notice) with { Notified = On(4) }).ShouldBeRefused(DrugTestRejections.NoticeAfterAnswer());
    }

    [Fact]
    public void A_report_is_not_of_the_day_before_the_specimen_or_after_its_contest()
    {
        GivenOrdered();
        GivenNotice(1);
        GivenSpecimen(3);
        ReportTestResult.Decide(Report(Negative) with { When = On(2) }, State, Later).ShouldBeRefused(DrugTestRejections.BeforeCollection());
        var report = Given(ReportTestResult.Decide(Report(Negative) with { When = On(4) }, State, Later));
        ContestResult.Decide(new(Of, Test, Words, On(3)), State, Later).ShouldBeRefused(DrugTestRejections.BeforeResult());
        ConfirmResult.Decide(new(Of, Test, Negative, "state-laboratory", On(2)), State, Later).ShouldBeRefused(DrugTestRejections.BeforeCollection());
        Given(ContestResult.Decide(new(Of, Test, Words, On(6)), State, Later));

        Asked(Correct(report) with { Reported = On(2) }).ShouldBeRefused(DrugTestRejections.BeforeCollection() with { Field = "reported" });
        Asked(Correct(report) with { Reported = On(3) }).Rejection.ShouldBeNull();
        Asked(Correct(report) with { Reported = On(6) }).Rejection.ShouldBeNull();
        Asked(Correct(report) with { Reported = On(7) }).ShouldBeRefused(DrugTestRejections.ReportedAfterDoubt());
        Asked(Correct(report) with { Reported = On(5), When = On(4) }).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"what is corrected, {On(5).OccurredAt:u}"));
        Asked(Correct(report) with { Outcome = Positive("thc"), When = On(3) }).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"what is corrected, {On(4).OccurredAt:u}"));

        Given(Asked(Correct(report) with { Outcome = Positive("thc"), When = On(9) }));
        Asked(Correct(report) with { Outcome = Negative, When = On(8) }).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"drug test corrected, {On(9).OccurredAt:u}"));
    }

    /// <summary>Of an end that is known to the day nobody knows whether it was before: only the next day is after it.</summary>
    [Fact]
    public void What_is_corrected_was_not_on_the_day_after_the_end_and_may_have_been_at_any_hour_of_its_day()
    {
        GivenOrdered();
        var notice = GivenNotice(1);
        var over = new ResultTime(On(2).OccurredAt, On(2).OccurredUntil);

        Asked(Correct(notice) with { Notified = When.At(over.At.AddHours(10)), Over = over }).Rejection.ShouldBeNull();
        Asked(Correct(notice) with { Notified = On(2), Over = over }).Rejection.ShouldBeNull();
        Asked(Correct(notice) with { Notified = On(3), Over = over }).ShouldBeRefused(DrugTestRejections.AfterTheEnd("notified"));
    }

    [Fact]
    public void An_order_may_be_of_any_hour_of_the_day_of_the_notice_and_not_of_the_next()
    {
        GivenOrdered();
        GivenNotice(1);
        var ordered = Fact(new DrugTestSelected(Day, TestSelection.ForCause, CaughtUp: false, 1, Words) { ParticipationId = Of.ParticipationId, ClientId = Of.ClientId, Court = Of.Court, TestId = Test }, Morning);

        Asked(Correct(ordered) with { Ordered = When.At(On(1).OccurredAt.AddHours(10)) }).Rejection.ShouldBeNull();
        Asked(Correct(ordered) with { Ordered = On(2) }).ShouldBeRefused(DrugTestRejections.OrderedAfterNotice());
    }

    /// <summary>An admission told anew asks by when the first of these was over.</summary>
    [Fact]
    public void What_was_done_about_a_test_is_known_as_exactly_as_it_was_told()
    {
        GivenOrdered();
        ActOnATest.FirstOf(State).ShouldBe(new ActOnATest("drug test ordered", Morning));
        var notice = GivenNotice(1);
        ActOnATest.LastOf(State).ShouldBe(new ActOnATest("drug test notified", On(1).OccurredAt, On(1).OccurredUntil));
        Given(Asked(Correct(notice) with { Notified = On(2) }));
        ActOnATest.LastOf(State).ShouldBe(new ActOnATest("drug test notified", On(2).OccurredAt, On(2).OccurredUntil));
        GivenSpecimen(3);
        ActOnATest.LastOf(State).ShouldBe(new ActOnATest("drug test collected", On(3).OccurredAt, On(3).OccurredUntil));
    }

    [Fact]
    public void The_first_of_a_day_is_what_was_over_first()
    {
        GivenSelected();
        Given(NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, On(0)), State, Later));
        Given(CollectSpecimen.Decide(Collect(Morning.AddHours(2)), State, Later));

        ActOnATest.FirstOf(State).ShouldBe(new ActOnATest("drug test collected", Morning.AddHours(2)));
    }
}
