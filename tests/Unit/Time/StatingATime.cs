using CaseFlow.Domain;

namespace CaseFlow.Unit.Time;

/// <summary>Occurred, then known, then recorded; five minutes of skew between clocks.</summary>
public sealed class StatingATime
{
    private static readonly DateTimeOffset Now = new(2026, 6, 2, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Is_taken_when_all_three_are_one() => When.At(Now).Check(Now).ShouldBeNull();

    [Fact]
    public void Is_taken_within_the_skew() =>
        new When(Now.AddMinutes(10), TimePrecision.Exact, Now.AddMinutes(5)).Check(Now).ShouldBeNull();

    [Fact]
    public void Is_refused_when_known_before_it_happened()
    {
        var (occurredAt, knownAt) = (Now.AddMinutes(-5), Now.AddMinutes(-10).AddTicks(-1));

        new When(occurredAt, TimePrecision.Estimated, knownAt).Check(Now).ShouldBe(TimeRejections.KnownBeforeOccurred(knownAt));
        new When(occurredAt, TimePrecision.Estimated, knownAt.AddTicks(1)).Check(Now).ShouldBeNull();
    }

    /// <summary>Whoever states only when it happened is told of that, and not of a time that they never stated.</summary>
    [Fact]
    public void Is_refused_when_it_lies_ahead_of_the_recording()
    {
        var occurredAt = Now.AddMinutes(5).AddTicks(1);

        new When(occurredAt, TimePrecision.Estimated, Now).Check(Now).ShouldBe(TimeRejections.OccurredInFuture(occurredAt, Now));
        TimeRejections.OccurredInFuture(occurredAt, Now).Field.ShouldBe("when");
    }

    [Fact]
    public void Is_refused_when_known_ahead_of_the_recording()
    {
        var knownAt = Now.AddMinutes(5).AddTicks(1);

        new When(Now, TimePrecision.Exact, knownAt).Check(Now).ShouldBe(TimeRejections.KnownInFuture(knownAt, Now));
    }

    [Fact]
    public void Is_refused_for_a_day_without_an_end() =>
        new When(Now, TimePrecision.Day, Now).Check(Now).ShouldBe(TimeRejections.DayWithoutEnd());

    [Fact]
    public void May_be_a_day_that_is_not_over() =>
        new When(Now.AddHours(-10), TimePrecision.Day, Now, Now.AddHours(14)).Check(Now).ShouldBeNull();
}
