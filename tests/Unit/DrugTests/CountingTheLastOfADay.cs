using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>A confirmation and a correction that may be of the same time: the one entered last is the last, whatever is put right of their times.</summary>
public sealed class CountingTheLastOfADay : DrugTestSpec
{
    private static readonly Guid Wrong = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e9");
    private static readonly DateTimeOffset Later = Now.AddDays(20);
    private static readonly When TheDay = TheWhole(10);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static When On(int day) => new(Now.AddDays(day), TimePrecision.Exact, Later);

    private static When TheWhole(int day)
    {
        var (start, end) = Calendar.DayOf(Calendar.LocalDate(Now.AddDays(day)));
        return new(start, TimePrecision.Day, Later, end);
    }

    private DrugTestEvent GivenReport(TestOutcome outcome)
    {
        GivenCollected();
        return WhenAsked(state => ReportTestResult.Decide(Report(outcome), state, Now)).Events.Single();
    }

    private DrugTestEvent GivenConfirmed(When when, TestOutcome outcome) =>
        WhenAsked(state => ConfirmResult.Decide(new(Of, Test, outcome, "state-laboratory", when), state, Later)).Events.Single();

    private DrugTestEvent GivenCorrected(DrugTestEvent wrong, TestOutcome right, When when) =>
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, wrong, right, TestError.Laboratory, Words, when) { Calendar = Calendar }, state, Later)).Events.Single();

    private DrugTestEvent GivenMoved(DrugTestEvent confirmed, When right) =>
        WhenAsked(state => CorrectTest.Decide(new(Of, Test, Wrong, confirmed, null, TestError.Entry, Words, On(20)) { Reported = right, Calendar = Calendar }, state, Later)).Events.Single();

    /// <summary>Who told that the confirmation was wrong, of the day on which it came, meant it: another hour of it makes it right no more.</summary>
    [Fact]
    public void A_correction_of_the_day_of_the_confirmation_counts_also_when_its_time_is_put_right()
    {
        GivenReport(Negative);
        var confirmed = GivenConfirmed(TheDay, Positive("thc"));
        GivenCorrected(confirmed, Negative, TheDay);
        Standing.ShouldBe(TestStanding.Negative);

        foreach (var right in new[] { On(10), new When(TheDay.OccurredAt, TimePrecision.Exact, Later), On(8), TheDay })
        {
            GivenMoved(confirmed, right);
            Standing.ShouldBe(TestStanding.Negative, $"{right}");
        }
    }

    [Fact]
    public void A_correction_of_the_same_instant_counts_also_when_the_time_is_put_right_twice()
    {
        GivenReport(Negative);
        var confirmed = GivenConfirmed(On(10), Positive("thc"));
        GivenCorrected(confirmed, Negative, On(10));

        GivenMoved(confirmed, On(9));
        Standing.ShouldBe(TestStanding.Negative);
        GivenMoved(confirmed, On(10));
        Standing.ShouldBe(TestStanding.Negative);
    }

    /// <summary>Entered after the correction of the report, and of a time that may have been later: it is what counts, at whatever hour of that day it was.</summary>
    [Fact]
    public void A_confirmation_of_the_day_of_a_correction_counts_also_when_its_time_is_put_right()
    {
        var report = GivenReport(Negative);
        GivenCorrected(report, Positive("cocaine"), TheDay);
        var confirmed = GivenConfirmed(TheDay, Negative);
        Standing.ShouldBe(TestStanding.Negative);

        GivenMoved(confirmed, On(10));
        Standing.ShouldBe(TestStanding.Negative);
        GivenMoved(confirmed, On(8));
        Standing.ShouldBe(TestStanding.Positive, "it came before");
        GivenMoved(confirmed, TheDay);
        Standing.ShouldBe(TestStanding.Negative);
    }

    [Fact]
    public void Folded_anew_from_what_is_on_record_it_counts_too()
    {
        var report = GivenReport(Negative);
        var confirmed = GivenConfirmed(TheDay, Positive("thc"));
        var corrected = GivenCorrected(confirmed, Negative, TheDay);
        var kept = JsonSerializer.Deserialize<DrugTest>(JsonSerializer.Serialize(State.Find(Test), Json), Json)!;
        var moved = GivenMoved(confirmed, On(10));

        var restarted = new CountingTheLastOfADay();
        restarted.GivenCollected();
        restarted.Given(report, confirmed, corrected, moved);
        (restarted.Standing, restarted.State.Find(Test)!.Dispute).ShouldBe((TestStanding.Negative, State.Find(Test)!.Dispute));
        kept.After(moved).Standing.ShouldBe(TestStanding.Negative, "from the row of a view");
    }
}
