using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.DrugTests;

/// <summary>A month that is drawn for, in the jurisdiction's local time.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Calendar">The jurisdiction's.</param>
public sealed record SelectionMonth(DateOnly First, BusinessCalendar Calendar)
{
    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    public SelectionMonth Next => this with { First = First.AddMonths(1) };

    /// <returns>The month that a local day is in.</returns>
    public static SelectionMonth Of(DateOnly day, BusinessCalendar calendar) => new(new DateOnly(day.Year, day.Month, 1), calendar);

    /// <returns>When a local day begins, UTC: then it is drawn, weekends and holidays included.</returns>
    public DateTimeOffset StartOf(DateOnly day) => Calendar.DayOf(day).Start;

    /// <returns>The first day of the month that can be drawn with a seed committed to now; null when there is none left.</returns>
    public DateOnly? FirstDayFrom(DateTimeOffset now)
    {
        var tomorrow = Calendar.LocalDate(now).AddDays(1);
        return tomorrow > Last ? null : tomorrow > First ? tomorrow : First;
    }
}
