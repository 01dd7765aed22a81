using System.Globalization;
using CaseFlow.Api.CourtViews;

namespace CaseFlow.Api.CourtPackets;

/// <summary>Days, times, numbers and money as a page writes them: days and times are the court's.</summary>
/// <param name="clock">The clock on the court's wall; null for UTC.</param>
public sealed class PageText(PageText.Clock? clock)
{
    /// <param name="At">An instant as it shows it.</param>
    /// <param name="Zone">Name of its time zone.</param>
    public sealed record Clock(Func<DateTimeOffset, DateTimeOffset> At, string Zone);

    /// <summary>Pages of formats 1 and 2.</summary>
    public static PageText InUtc { get; } = new(clock: null);

    /// <summary>Name of the time zone; null for UTC.</summary>
    public string? Zone => clock?.Zone;

    /// <returns>By the clock on a court's wall.</returns>
    public static PageText Of(CourtAsked court) => new(new Clock(court.OnTheWall, court.TimeZone));

    public string Time(DateTimeOffset at) => clock is null
        ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)
        : clock.At(at).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    /// <summary>The local day of an instant.</summary>
    public string DayOf(DateTimeOffset at) => Day(DateOnly.FromDateTime((clock is null ? at.ToUniversalTime() : clock.At(at)).DateTime));

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string N(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>1 day</c>, <c>2 days</c>.</summary>
    public static string Count(long number, string one) => $"{N(number)} {one}{(number == 1 ? "" : "s")}";

    public static string Dollars(long cents) => string.Create(CultureInfo.InvariantCulture, $"${cents / 100}.{cents % 100:00}");

    /// <summary>What is there, with commas between.</summary>
    public static string Together(params IEnumerable<string?> parts) => string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
}
