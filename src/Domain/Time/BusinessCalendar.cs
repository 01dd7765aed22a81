using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Time;

/// <summary>
/// A jurisdiction's office hours as local wall-clock time, so that a day across a daylight-saving change is still a day.
/// All arguments and results are UTC unless named local.
/// </summary>
/// <remarks>
/// How business days are counted: a clock that starts outside office hours starts at the next opening, and that day is then
/// its first whole business day, due at closing. A clock that starts during office hours is due at the same local time so
/// many business days later, at closing if the office closes earlier that day.
/// Worked example (1 business day, Monday a holiday): Friday 18:00 → starts Tuesday 08:00 → due Tuesday 17:00;
/// Friday 10:00 → due Tuesday 10:00 (overdose-duty).
/// </remarks>
public sealed class BusinessCalendar
{
    /// <summary>A calendar without an open day in this many days is refused as a policy.</summary>
    private const int LongestClosure = 366;

    private readonly TimeZoneInfo zone;
    private readonly Dictionary<DayOfWeek, OfficeDay> hours;
    private readonly HashSet<DateOnly> holidays;

    /// <exception cref="TimeZoneNotFoundException">The policy's time zone is unknown; publishing a policy checks that.</exception>
    public BusinessCalendar(JurisdictionPolicy policy)
    {
        zone = TimeZoneInfo.FindSystemTimeZoneById(policy.TimeZone);
        hours = policy.OfficeHours.ToDictionary(day => day.Day);
        holidays = [.. policy.Holidays];
    }

    /// <returns>The first office moment at or after the instant.</returns>
    public DateTimeOffset OfficeTimeFrom(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var date = DateOnly.FromDateTime(local.DateTime);
        var time = TimeOnly.FromDateTime(local.DateTime);

        if (OpenOn(date) is { } today)
        {
            if (time < today.Opens)
                return Utc(date, today.Opens);
            if (time < today.Closes)
                return instant.ToUniversalTime();
        }

        var next = NextBusinessDay(date);
        return Utc(next, OpenOn(next)!.Opens);
    }

    /// <returns>The instant at which the limit has passed, counted from <paramref name="from"/>.</returns>
    public DateTimeOffset Add(DateTimeOffset from, TimeLimit limit) => limit.Unit switch
    {
        TimeUnit.Hours => from.ToUniversalTime().AddHours(limit.Amount),
        TimeUnit.Days => from.ToUniversalTime().AddDays(limit.Amount),
        TimeUnit.OfficeHours => AddOfficeHours(from, limit.Amount),
        TimeUnit.BusinessDays => AddBusinessDays(from, limit.Amount),
        _ => throw new System.Diagnostics.UnreachableException($"{limit.Unit} is no unit of time."),
    };

    /// <returns>The instant as the local clock shows it, with its offset from UTC: the one thing that tells the hour that comes twice apart.</returns>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    /// <returns>The local date of an instant.</returns>
    public DateOnly LocalDate(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <returns>The local time of day of an instant.</returns>
    public TimeOnly LocalTime(DateTimeOffset instant) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <returns>Start of a local day, inclusive, and its end, exclusive; 23 or 25 hours apart on a day the clocks change.</returns>
    public (DateTimeOffset Start, DateTimeOffset End) DayOf(DateOnly date) =>
        (Utc(date, TimeOnly.MinValue), date == DateOnly.MaxValue ? DateTimeOffset.MaxValue : Utc(date.AddDays(1), TimeOnly.MinValue));

    /// <returns>The UTC instant of a local time; a time skipped by the clock change counts as the first moment after it, a
    /// repeated one as the earlier.</returns>
    public DateTimeOffset Utc(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        while (zone.IsInvalidTime(local))
            local = local.AddTicks(TimeSpan.TicksPerMinute - (local.Ticks % TimeSpan.TicksPerMinute));
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        // The first and the last day that can be written down reach beyond what can be told in UTC.
        return new DateTimeOffset(Math.Clamp(local.Ticks - offset.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }

    private DateTimeOffset AddBusinessDays(DateTimeOffset from, int days)
    {
        var start = OfficeTimeFrom(from);
        var date = LocalDate(start);
        var time = LocalTime(start);

        var startsAtOpening = time == OpenOn(date)!.Opens;
        for (var left = startsAtOpening ? days - 1 : days; left > 0; left--)
            date = NextBusinessDay(date);

        var day = OpenOn(date)!;
        return startsAtOpening || time > day.Closes ? Utc(date, day.Closes)
            : time < day.Opens ? Utc(date, day.Opens)
            : Utc(date, time);
    }

    private DateTimeOffset AddOfficeHours(DateTimeOffset from, int amount)
    {
        var at = OfficeTimeFrom(from);
        var left = TimeSpan.FromHours(amount);
        while (true)
        {
            var closes = Utc(LocalDate(at), OpenOn(LocalDate(at))!.Closes);
            if (closes - at >= left)
                return at + left;

            left -= closes - at;
            at = OfficeTimeFrom(closes);
        }
    }

    private DateOnly NextBusinessDay(DateOnly date)
    {
        for (var days = 1; days <= LongestClosure; days++)
        {
            if (OpenOn(date.AddDays(days)) is not null)
                return date.AddDays(days);
        }

        throw new InvalidOperationException("The policy's calendar has no open day within a year.");
    }

    private OfficeDay? OpenOn(DateOnly date) => holidays.Contains(date) ? null : hours.GetValueOrDefault(date.DayOfWeek);
}
