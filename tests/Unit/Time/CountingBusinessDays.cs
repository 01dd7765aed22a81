using CaseFlow.Domain.Time;

namespace CaseFlow.Unit.Time;

public sealed class CountingBusinessDays : CalendarSpec
{
    private static readonly BusinessCalendar LaborDay = Closed(new DateOnly(2026, 9, 7));

    [Fact]
    public void From_Friday_18_00_before_a_holiday_starts_Tuesday_08_00_and_ends_Tuesday_17_00()
    {
        LaborDay.OfficeTimeFrom(Cdt(9, 4, 18)).ShouldBe(Cdt(9, 8, 8));
        LaborDay.Add(Cdt(9, 4, 18), BusinessDays(1)).ShouldBe(Cdt(9, 8, 17));
    }

    [Fact]
    public void From_Friday_10_00_before_a_holiday_ends_Tuesday_10_00() =>
        LaborDay.Add(Cdt(9, 4, 10), BusinessDays(1)).ShouldBe(Cdt(9, 8, 10));

    [Fact]
    public void The_first_and_the_last_day_that_can_be_written_end_where_time_does()
    {
        Calendar.DayOf(DateOnly.MaxValue).End.ShouldBe(DateTimeOffset.MaxValue);
        Calendar.DayOf(DateOnly.MinValue).Start.ShouldBeGreaterThanOrEqualTo(DateTimeOffset.MinValue);
        Calendar.DayOf(DateOnly.MinValue).End.ShouldBeGreaterThan(Calendar.DayOf(DateOnly.MinValue).Start);
    }

    [Fact]
    public void From_the_holiday_itself_starts_at_the_next_opening() =>
        LaborDay.Add(Cdt(9, 7, 10), BusinessDays(1)).ShouldBe(Cdt(9, 8, 17));

    [Fact]
    public void From_before_opening_ends_at_closing_of_that_day() =>
        Calendar.Add(Cdt(6, 2, 7, 59, 59), BusinessDays(1)).ShouldBe(Cdt(6, 2, 17));

    [Fact]
    public void From_the_very_opening_makes_that_day_the_first_whole_one() =>
        Calendar.Add(Cdt(6, 2, 8), BusinessDays(1)).ShouldBe(Cdt(6, 2, 17));

    [Fact]
    public void From_a_second_after_opening_ends_at_that_time_next_day() =>
        Calendar.Add(Cdt(6, 2, 8, 0, 1), BusinessDays(1)).ShouldBe(Cdt(6, 3, 8, 0, 1));

    [Fact]
    public void From_a_second_before_closing_ends_at_that_time_next_day() =>
        Calendar.Add(Cdt(6, 2, 16, 59, 59), BusinessDays(1)).ShouldBe(Cdt(6, 3, 16, 59, 59));

    [Fact]
    public void From_the_very_closing_ends_at_the_next_closing() =>
        Calendar.Add(Cdt(6, 2, 17), BusinessDays(1)).ShouldBe(Cdt(6, 3, 17));

    [Fact]
    public void From_midnight_ends_at_closing() => Calendar.Add(Cdt(6, 3, 0), BusinessDays(1)).ShouldBe(Cdt(6, 3, 17));

    [Fact]
    public void Keeps_the_wall_clock_when_summer_time_begins()
    {
        var due = Calendar.Add(Cst(2026, 3, 6, 10), BusinessDays(1));

        due.ShouldBe(Cdt(3, 9, 10));
        (due - Cst(2026, 3, 6, 10)).ShouldBe(TimeSpan.FromHours(71));
    }

    [Fact]
    public void Keeps_the_wall_clock_when_summer_time_ends()
    {
        var due = Calendar.Add(Cdt(10, 30, 10), BusinessDays(1));

        due.ShouldBe(Cst(2026, 11, 2, 10));
        (due - Cdt(10, 30, 10)).ShouldBe(TimeSpan.FromHours(73));
    }

    [Fact]
    public void Opens_by_the_wall_clock_after_each_change()
    {
        Calendar.Add(Cst(2026, 3, 6, 18), BusinessDays(1)).ShouldBe(Cdt(3, 9, 17));
        Calendar.Add(Cdt(10, 30, 18), BusinessDays(1)).ShouldBe(Cst(2026, 11, 2, 17));
    }

    [Fact]
    public void Crosses_the_year_and_its_holidays()
    {
        var calendar = Closed(new DateOnly(2026, 12, 24), new DateOnly(2026, 12, 25), new DateOnly(2027, 1, 1));

        calendar.Add(Cst(2026, 12, 31, 15), BusinessDays(1)).ShouldBe(Cst(2027, 1, 4, 15));
        calendar.Add(Cst(2026, 12, 23, 15), BusinessDays(1)).ShouldBe(Cst(2026, 12, 28, 15));
    }

    [Fact]
    public void Passes_holidays_in_a_row() =>
        Closed(new DateOnly(2026, 6, 3), new DateOnly(2026, 6, 4), new DateOnly(2026, 6, 5), new DateOnly(2026, 6, 8))
            .Add(Cdt(6, 2, 10), BusinessDays(1)).ShouldBe(Cdt(6, 9, 10));

    [Fact]
    public void Counts_Saturday_where_the_office_is_open()
    {
        var calendar = Open(DayOfWeek.Saturday, 9, 12);

        calendar.Add(Cdt(6, 5, 10), BusinessDays(1)).ShouldBe(Cdt(6, 6, 10));
        calendar.Add(Cdt(6, 5, 18), BusinessDays(1)).ShouldBe(Cdt(6, 6, 12));
        calendar.Add(Cdt(6, 6, 11), BusinessDays(1)).ShouldBe(Cdt(6, 8, 11));
    }

    [Fact]
    public void Ends_at_closing_of_a_half_day() =>
        Open(DayOfWeek.Wednesday, 8, 12).Add(Cdt(6, 2, 15), BusinessDays(1)).ShouldBe(Cdt(6, 3, 12));

    [Fact]
    public void Ends_at_opening_of_a_day_that_opens_later() =>
        Open(DayOfWeek.Wednesday, 13, 17).Add(Cdt(6, 2, 9), BusinessDays(1)).ShouldBe(Cdt(6, 3, 13));

    [Fact]
    public void Passes_a_half_day_by_the_time_it_started() =>
        Open(DayOfWeek.Wednesday, 8, 12).Add(Cdt(6, 2, 15), BusinessDays(2)).ShouldBe(Cdt(6, 4, 15));

    [Fact]
    public void Counts_several_days_over_a_weekend()
    {
        Calendar.Add(Cdt(6, 4, 10), BusinessDays(5)).ShouldBe(Cdt(6, 11, 10));
        Calendar.Add(Cdt(6, 4, 18), BusinessDays(5)).ShouldBe(Cdt(6, 11, 17));
    }

    [Fact]
    public void Follows_the_jurisdictions_zone_not_the_offset_given() =>
        Calendar.Add(Cdt(6, 2, 10).ToUniversalTime(), BusinessDays(1)).ShouldBe(Cdt(6, 3, 10));

    [Fact]
    public void Without_an_open_day_fails_loudly() =>
        Should.Throw<InvalidOperationException>(() => new BusinessCalendar(Weekdays with { OfficeHours = [] }).Add(Cdt(6, 2, 10), BusinessDays(1)));
}
