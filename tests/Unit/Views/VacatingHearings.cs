using CaseFlow.Projections.HearingCalendar;

namespace CaseFlow.Unit.Views;

public sealed class VacatingHearings
{
    private static readonly DateOnly Ended = new(2026, 6, 15);

    [Theory]
    [InlineData(HearingState.Scheduled, 16, HearingState.Vacated)]
    [InlineData(HearingState.Scheduled, 15, HearingState.Vacated)]
    [InlineData(HearingState.Scheduled, 14, HearingState.Scheduled)]
    [InlineData(HearingState.Held, 16, HearingState.Held)]
    [InlineData(HearingState.Missed, 15, HearingState.Missed)]
    public void An_end_takes_what_was_to_come_and_nothing_that_was(HearingState state, int day, HearingState after)
    {
        var hearing = HearingOn(day, state);

        hearing.After(Ended, DayOf).State.ShouldBe(after);
        hearing.After(null, DayOf).ShouldBe(hearing);
    }

    [Fact]
    public void The_day_is_the_courts()
    {
        var evening = HearingOn(15, HearingState.Scheduled) with { At = new DateTimeOffset(2026, 6, 15, 3, 0, 0, TimeSpan.Zero) };

        evening.After(Ended, at => DayOf(at.AddHours(-5))).State.ShouldBe(HearingState.Scheduled, "in the court it is the day before");
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static Hearing HearingOn(int day, HearingState state) =>
        new(Guid.Empty, Guid.Empty, Guid.Empty, "drug-court", "status", new DateTimeOffset(2026, 6, day, 15, 0, 0, TimeSpan.Zero), state, null, 0);
}
