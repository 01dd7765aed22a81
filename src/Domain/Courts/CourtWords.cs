using System.Globalization;

namespace CaseFlow.Domain.Courts;

/// <summary>Plain words for the members of an entry.</summary>
internal static class CourtWords
{
    public static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    public static string Dollars(long cents) => string.Create(CultureInfo.InvariantCulture, $"${cents / 100}.{cents % 100:00}");

    public static string Due(DateOnly? on) => on is { } day ? string.Create(CultureInfo.InvariantCulture, $", due {day:yyyy-MM-dd}") : "";
}
