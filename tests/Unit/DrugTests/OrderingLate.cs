using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>A test that somebody ordered, entered after the participant was told of it: put right, it stands as if it had been entered in time.</summary>
public sealed class OrderingLate : DrugTestSpec
{
    private static readonly Guid Order = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e9");

    private DrugTestSelected GivenOrdered(DateTimeOffset at, DateOnly day)
    {
        var decision = WhenAsked(state => SelectDrugTest.Decide(
            new SelectDrugTest(Of, Test, day, TestSelection.ForCause, CaughtUp: false, Rules, 1, Words) { OrderedOn = Calendar.LocalDate(at), Ordered = When.At(at) }, state, Now));
        return (DrugTestSelected)decision.Events.Single();
    }

    private static CorrectTest Right(DrugTestEvent corrected, DateTimeOffset? ordered) => new(Of, Test, Order, corrected, null, TestError.Entry, Words, When.At(Now))
    {
        Ordered = ordered is { } at ? When.At(at) : null,
        Calendar = Calendar,
    };

    private static NotifyOfTest Notice(DateTimeOffset at) => new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Calendar.LocalDate(at), When.At(at));

    [Fact]
    public void Put_right_the_test_is_as_if_it_had_been_entered_in_time()
    {
        var (ordered, told) = (Now.AddDays(-1), Now.AddDays(-1).AddHours(1));
        var entered = GivenOrdered(Now, Calendar.LocalDate(Now));
        NotifyOfTest.Decide(Notice(told), State, Now).ShouldBeRefused(DrugTestRejections.BeforeItsDay());

        WhenAsked(state => CorrectTest.Decide(Right(entered, ordered), state, Now)).ShouldRecord(Fact(
            new DrugTestCorrected(Order, ordered, null, TestError.Entry, Words)
            {
                ParticipationId = Of.ParticipationId,
                ClientId = Of.ClientId,
                Court = Of.Court,
                TestId = Test,
                Corrects = TestStatement.Ordered,
                Day = Calendar.LocalDate(ordered),
            },
            Now));
        WhenAsked(state => CorrectTest.Decide(Right(entered, ordered), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => NotifyOfTest.Decide(Notice(told), state, Now)).Rejection.ShouldBeNull();

        var inTime = new OrderingLate();
        inTime.GivenOrdered(ordered, Calendar.LocalDate(ordered));
        inTime.WhenAsked(state => NotifyOfTest.Decide(Notice(told), state, Now)).Rejection.ShouldBeNull();
        State.Find(Test).ShouldBe(inTime.State.Find(Test));
        State.SelectedAt[Test].ShouldBe(inTime.State.SelectedAt[Test]);
    }

    [Fact]
    public void A_day_that_was_stated_stays()
    {
        var entered = GivenOrdered(Now, Calendar.LocalDate(Now.AddDays(3)));

        WhenAsked(state => CorrectTest.Decide(Right(entered, Now.AddDays(-1)), state, Now)).Events.Single().ShouldBeOfType<DrugTestCorrected>().Day.ShouldBeNull();
        State.Find(Test)!.Day.ShouldBe(Calendar.LocalDate(Now.AddDays(3)));
    }

    [Fact]
    public void It_was_ordered_by_somebody_after_the_admission_before_the_notice_and_not_ahead()
    {
        var entered = GivenOrdered(Now.AddHours(-2), Calendar.LocalDate(Now));
        WhenAsked(state => NotifyOfTest.Decide(Notice(Now.AddHours(-1)), state, Now)).Rejection.ShouldBeNull();

        CorrectTest.Decide(Right(entered, null), State, Now).ShouldBeRefused(DrugTestRejections.OrderTimeMissing());
        CorrectTest.Decide(Right(entered, Now.AddMinutes(-59)), State, Now).ShouldBeRefused(DrugTestRejections.OrderedAfterNotice());
        CorrectTest.Decide(Right(entered, Now.AddHours(1)), State, Now).ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddHours(1), Now));
        CorrectTest.Decide(Right(entered, Now.AddHours(-3)) with { Outcome = Negative }, State, Now).ShouldBeRefused(DrugTestRejections.NoResultCorrected());
        var admitted = Of with { AdmittedOn = Calendar.LocalDate(Now) };
        CorrectTest.Decide(Right(entered, Now.AddDays(-1)) with { Of = admitted }, State, Now).ShouldBeRefused(DrugTestRejections.BeforeAdmission() with { Field = "ordered" });
    }

    [Fact]
    public void A_draw_is_of_its_moment_and_what_is_no_order_was_not_ordered()
    {
        GivenNotified();
        var drawn = new DrugTestSelected(Day, TestSelection.Random, false, 1, null) { ParticipationId = Of.ParticipationId, ClientId = Of.ClientId, Court = Of.Court, TestId = Test };
        CorrectTest.Decide(Right(drawn, Morning), State, Now).ShouldBeRefused(DrugTestRejections.NotCorrectable());

        var missed = WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Now)).Events.Single();
        CorrectTest.Decide(Right(missed, Morning), State, Now).ShouldBeRefused(DrugTestRejections.NoOrderCorrected());
    }
}
