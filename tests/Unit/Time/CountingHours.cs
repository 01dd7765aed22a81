using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Time;

public sealed class CountingHours : CalendarSpec
{
    [Fact]
    public void Of_the_office_within_one_day() => Calendar.Add(Cdt(6, 2, 10), OfficeHours(4)).ShouldBe(Cdt(6, 2, 14));

    [Fact]
    public void Of_the_office_up_to_the_very_closing() => Calendar.Add(Cdt(6, 2, 13), OfficeHours(4)).ShouldBe(Cdt(6, 2, 17));

    [Fact]
    public void Of_the_office_over_night_and_weekend() => Calendar.Add(Cdt(6, 5, 16), OfficeHours(4)).ShouldBe(Cdt(6, 8, 11));

    [Fact]
    public void Of_the_office_from_the_weekend() => Calendar.Add(Cdt(6, 6, 12), OfficeHours(9)).ShouldBe(Cdt(6, 8, 17));

    [Fact]
    public void Of_the_office_over_a_holiday() =>
        Closed(new DateOnly(2026, 9, 7)).Add(Cdt(9, 4, 16), OfficeHours(2)).ShouldBe(Cdt(9, 8, 9));

    [Fact]
    public void Of_the_office_over_both_clock_changes()
    {
        Calendar.Add(Cst(2026, 3, 6, 16), OfficeHours(2)).ShouldBe(Cdt(3, 9, 9));
        Calendar.Add(Cdt(10, 30, 16), OfficeHours(2)).ShouldBe(Cst(2026, 11, 2, 9));
    }

    [Fact]
    public void Of_the_clock_regardless_of_the_office() =>
        Calendar.Add(Cdt(6, 5, 18), new TimeLimit(24, TimeUnit.Hours)).ShouldBe(Cdt(6, 6, 18));

    [Fact]
    public void Of_the_clock_are_hours_on_a_day_the_clocks_change() =>
        Calendar.Add(Cst(2026, 3, 7, 12), new TimeLimit(24, TimeUnit.Hours)).ShouldBe(Cdt(3, 8, 13));

    [Fact]
    public void In_days_of_the_clock_takes_twenty_four_each() =>
        Calendar.Add(Cdt(10, 31, 12), new TimeLimit(2, TimeUnit.Days)).ShouldBe(Cst(2026, 11, 2, 11));

    private static TimeLimit OfficeHours(int amount) => new(amount, TimeUnit.OfficeHours);
}
