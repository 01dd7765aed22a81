using System.Globalization;

namespace CaseFlow.Projections.CourtCaseload;

/// <summary>Times of hearings as a caseload's row keeps them in one column: UTC, parted by a space, the earliest first.</summary>
internal static class HearingTimes
{
    /// <summary>To the microsecond, as the database keeps every other time.</summary>
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Written(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static IReadOnlyList<DateTimeOffset> Read(string written) =>
        [.. written.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => DateTimeOffset.ParseExact(one, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))];
}
