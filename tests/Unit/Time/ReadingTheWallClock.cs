namespace CaseFlow.Unit.Time;

public sealed class ReadingTheWallClock : CalendarSpec
{
    [Fact]
    public void Takes_a_skipped_time_to_the_first_moment_after_the_gap()
    {
        Calendar.Utc(new DateOnly(2026, 3, 8), new TimeOnly(2, 30)).ShouldBe(Cdt(3, 8, 3));
        Calendar.Utc(new DateOnly(2026, 3, 8), new TimeOnly(2, 59, 50)).ShouldBe(Cdt(3, 8, 3));
    }

    [Fact]
    public void Takes_a_repeated_time_for_the_earlier() =>
        Calendar.Utc(new DateOnly(2026, 11, 1), new TimeOnly(1, 30)).ShouldBe(Cdt(11, 1, 1, 30));

    [Theory]
    [InlineData(3, 8, 23)]
    [InlineData(11, 1, 25)]
    [InlineData(6, 2, 24)]
    public void Gives_a_local_day_all_its_hours(int month, int day, int hours)
    {
        var (start, end) = Calendar.DayOf(new DateOnly(2026, month, day));

        (end - start).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Fact]
    public void Tells_local_date_and_time_of_an_instant()
    {
        var instant = new DateTimeOffset(2026, 6, 3, 4, 30, 0, TimeSpan.Zero);

        Calendar.LocalDate(instant).ShouldBe(new DateOnly(2026, 6, 2));
        Calendar.LocalTime(instant).ShouldBe(new TimeOnly(23, 30));
    }

    [Fact]
    public void Finds_office_time_at_once_during_office_hours() =>
        Calendar.OfficeTimeFrom(Cdt(6, 2, 16, 59, 59)).ShouldBe(Cdt(6, 2, 16, 59, 59));

    [Fact]
    public void Finds_office_time_at_the_opening() => Calendar.OfficeTimeFrom(Cdt(6, 2, 8)).ShouldBe(Cdt(6, 2, 8));

    [Fact]
    public void Finds_no_office_time_at_the_closing() => Calendar.OfficeTimeFrom(Cdt(6, 2, 17)).ShouldBe(Cdt(6, 3, 8));

    [Fact]
    public void Finds_office_time_after_the_weekend() => Calendar.OfficeTimeFrom(Cdt(6, 6, 12)).ShouldBe(Cdt(6, 8, 8));

    [Fact]
    public void Answers_in_universal_time() => Calendar.OfficeTimeFrom(Cdt(6, 2, 10)).Offset.ShouldBe(TimeSpan.Zero);
}
