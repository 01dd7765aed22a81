using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Projections;
using CaseFlow.Unit.Http.Toy;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.DrugTests;

/// <summary>A test that nobody drew may be taken long after the day it was ordered for: it counts by its own day (R32, R33, R40).</summary>
public sealed class CountingByTheDayOfTheSpecimen : DrugTestSpec
{
    private static readonly DateOnly Admitted = new(2026, 2, 1);
    private static readonly DateOnly First = new(2026, 3, 1);
    private static readonly DateOnly Twentieth = new(2026, 3, 20);

    /// <summary>10:00 in Wisconsin, where it is summer time by then.</summary>
    private static readonly DateTimeOffset Taken = new(2026, 3, 20, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Sobriety_begins_the_day_after_the_specimen_and_not_after_the_day_it_was_ordered_for()
    {
        GivenOrderedAndTold(Taken);
        var collect = Collect(Taken.AddHours(1)) with { On = Twentieth };
        WhenAsked(state => CollectSpecimen.Decide(collect, state, Taken.AddHours(2))).Events.Single().ShouldBeOfType<DrugTestCollected>().On.ShouldBe(Twentieth);
        var report = Report(Positive("fentanyl")) with { When = When.At(Taken.AddHours(3)) };
        WhenAsked(state => ReportTestResult.Decide(report, state, Taken.AddHours(4))).Rejection.ShouldBeNull();

        State.PositiveDays.ShouldBe([Twentieth]);
        SobrietyRun.Of(Admitted, new DateOnly(2026, 3, 31), State.PositiveDays, [])!.Since.ShouldBe(new DateOnly(2026, 3, 21));
    }

    /// <summary>Told at 20:00 in Wisconsin: the eight hours end on the next day.</summary>
    [Fact]
    public void A_miss_counts_by_the_local_day_on_which_the_window_ended()
    {
        var evening = new DateTimeOffset(2026, 3, 21, 1, 0, 0, TimeSpan.Zero);
        GivenOrderedAndTold(evening);

        WhenAsked(state => MissTest.Decide(new(Of, Test, Rules with { Missed = CountsAs.Positive }, Calendar), state, evening.AddDays(5))).Rejection.ShouldBeNull();

        State.PositiveDays.ShouldBe([new DateOnly(2026, 3, 21)]);
    }

    [Fact]
    public void A_refusal_counts_by_its_own_day()
    {
        GivenOrderedAndTold(Taken);

        WhenAsked(state => RefuseTest.Decide(new(Of, Test, null, Rules with { Refused = CountsAs.Positive }, Twentieth, When.At(Taken)), state, Taken)).Rejection.ShouldBeNull();

        State.PositiveDays.ShouldBe([Twentieth]);
    }

    /// <summary>The next day, in the time the window leaves after midnight; the miss that was entered wrongly says nothing of the day any more.</summary>
    [Fact]
    public void What_truly_happened_gives_the_day_once_a_miss_was_struck_out()
    {
        GivenOrderedAndTold(Taken);
        var missed = (DrugTestMissed)WhenAsked(state => MissTest.Decide(new(Of, Test, Rules, Calendar), state, Taken.AddDays(3))).Events.Single();
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Guid.NewGuid(), missed, null, TestError.Entry, Words, When.At(Taken.AddDays(3))), state, Taken.AddDays(3)))
            .Rejection.ShouldBeNull();
        var late = Collect(Taken.AddDays(1)) with { On = Twentieth.AddDays(1), Rules = Rules with { Missed = CountsAs.Positive } };
        WhenAsked(state => CollectSpecimen.Decide(late, state, Taken.AddDays(4))).Rejection.ShouldBeNull();

        State.PositiveDays.ShouldBe([Twentieth.AddDays(1)]);
    }

    [Theory]
    [InlineData("drug_test_collected")]
    [InlineData("drug_test_missed")]
    [InlineData("drug_test_refused")]
    public void What_was_recorded_before_the_day_was_kept_counts_by_the_day_of_the_selection(string name)
    {
        WhenAsked(state => SelectDrugTest.Decide(Select() with { Day = First }, state, Morning)).Rejection.ShouldBeNull();
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Unit", "Storage", "Samples", name + ".json")))!.AsObject();
        var type = ProjectionCatalogue.EventTypes.Find(name)!;
        sample.Remove("on").ShouldBeTrue();
        sample["testId"] = Test;
        sample["countsAs"] = "positive";

        Given((DrugTestEvent)ProjectionCatalogue.Codec.Decode(Guid.Empty, 1, SampleEvents.EventIdOf(type), name, Encoding.UTF8.GetBytes(sample.ToJsonString())));

        State.PositiveDays.ShouldBe([First]);
    }

    /// <summary>Of a test that nobody drew only the instant was kept: that day is nearer to the truth than the one it was ordered for, and never before it.</summary>
    [Theory]
    [InlineData("drug_test_collected", "2026-03-21T01:00:00Z", "2026-03-21")]
    [InlineData("drug_test_missed", "2026-03-20T23:00:00Z", "2026-03-20")]
    [InlineData("drug_test_refused", "2026-03-20T15:00:00Z", "2026-03-20")]
    [InlineData("drug_test_refused", "2026-02-20T15:00:00Z", "2026-03-01")]
    public void What_nobody_drew_and_was_recorded_before_the_day_was_kept_counts_by_the_utc_day_of_its_answer(string name, string at, string countsOn)
    {
        WhenAsked(state => SelectDrugTest.Decide(Select(TestSelection.ForCause) with { Day = First }, state, Morning)).Rejection.ShouldBeNull();
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Unit", "Storage", "Samples", name + ".json")))!.AsObject();
        sample.Remove("on").ShouldBeTrue();
        sample["testId"] = Test;
        sample["countsAs"] = "positive";
        sample["occurredAt"] = at;

        Given((DrugTestEvent)ProjectionCatalogue.Codec.Decode(
            Guid.Empty, 1, SampleEvents.EventIdOf(ProjectionCatalogue.EventTypes.Find(name)!), name, Encoding.UTF8.GetBytes(sample.ToJsonString())));

        State.PositiveDays.ShouldBe([DateOnly.ParseExact(countsOn, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)]);
        State.Find(Test)!.AnsweredOn.ShouldBe(State.PositiveDays.Single());
    }

    [Fact]
    public void Nobody_is_tested_for_a_day_before_their_admission()
    {
        var order = Select(TestSelection.ForCause) with { Of = Of with { AdmittedOn = Admitted } };

        WhenAsked(state => SelectDrugTest.Decide(order with { Day = Admitted.AddDays(-1) }, state, Now)).ShouldBeRefused(DrugTestRejections.BeforeAdmission());
        WhenAsked(state => SelectDrugTest.Decide(order with { Day = Admitted }, state, Now)).Events.Single().ShouldBeOfType<DrugTestSelected>().Day.ShouldBe(Admitted);
    }

    /// <summary>A slip of the year would leave a test open for a century.</summary>
    [Fact]
    public void No_test_is_ordered_for_a_day_further_ahead_than_the_court_orders()
    {
        var order = Select(TestSelection.Scheduled) with { OrderedOn = First, Rules = Rules with { OrderDaysAhead = 10 } };

        WhenAsked(state => SelectDrugTest.Decide(order with { Day = First.AddDays(11) }, state, Now)).ShouldBeRefused(DrugTestRejections.TooFarAhead(First.AddDays(10)));
        WhenAsked(state => SelectDrugTest.Decide(order with { Day = new DateOnly(2206, 3, 1) }, state, Now)).ShouldBeRefused(DrugTestRejections.TooFarAhead(First.AddDays(10)));
        WhenAsked(state => SelectDrugTest.Decide(order with { Day = First.AddDays(10) }, state, Now)).Events.Single().ShouldBeOfType<DrugTestSelected>();
    }

    [Fact]
    public void No_specimen_is_given_ahead_of_now_or_before_the_notice()
    {
        GivenOrderedAndTold(Taken);

        WhenAsked(state => CollectSpecimen.Decide(Collect(Taken.AddYears(200)) with { On = Twentieth.AddYears(200) }, state, Taken.AddHours(2)))
            .ShouldBeRefused(TimeRejections.KnownInFuture(Taken.AddYears(200), Taken.AddHours(2)));
        WhenAsked(state => CollectSpecimen.Decide(Collect(Taken.AddMinutes(-1)) with { On = Twentieth }, state, Taken.AddHours(2)))
            .ShouldBeRefused(DrugTestRejections.BeforeNotice());
    }

    private void GivenOrderedAndTold(DateTimeOffset at)
    {
        WhenAsked(state => SelectDrugTest.Decide(Select(TestSelection.ForCause) with { Day = First }, state, Now)).Rejection.ShouldBeNull();
        WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Calendar.LocalDate(at), When.At(at)), state, at)).Rejection.ShouldBeNull();
    }
}
