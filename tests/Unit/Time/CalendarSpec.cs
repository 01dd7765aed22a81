using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Unit.Time;

/// <summary>Wisconsin's calendar, weekdays 08:00–17:00 unless a test says otherwise.</summary>
public abstract class CalendarSpec
{
    protected static readonly JurisdictionPolicy Weekdays = JurisdictionPolicy.Default("safe-communities");

    protected static readonly BusinessCalendar Calendar = new(Weekdays);

    /// <summary>Summer time in 2026 (8 March to 1 November).</summary>
    protected static DateTimeOffset Cdt(int month, int day, int hour, int minute = 0, int second = 0) =>
        new(2026, month, day, hour, minute, second, TimeSpan.FromHours(-5));

    /// <summary>Winter time.</summary>
    protected static DateTimeOffset Cst(int year, int month, int day, int hour, int minute = 0, int second = 0) =>
        new(year, month, day, hour, minute, second, TimeSpan.FromHours(-6));

    protected static BusinessCalendar Closed(params DateOnly[] holidays) => new(Weekdays with { Holidays = holidays });

    protected static BusinessCalendar Open(DayOfWeek day, int opens, int closes) => new(Weekdays with
    {
        OfficeHours =
        [
            .. Weekdays.OfficeHours.Where(other => other.Day != day),
            new OfficeDay(day, new TimeOnly(opens, 0), new TimeOnly(closes, 0)),
        ],
    });

    protected static TimeLimit BusinessDays(int amount) => new(amount, TimeUnit.BusinessDays);
}
