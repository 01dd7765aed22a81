using System.Globalization;

namespace CaseFlow.Projections.CourtCaseload;

/// <summary>Several times as a caseload's row keeps them in one column: UTC, parted by a space, the earliest first.</summary>
internal static class HearingTimes
{
    /// <summary>To the microsecond, as the database keeps every other time.</summary>
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Written(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static string Written(IEnumerable<DateTimeOffset> times) => string.Join(' ', times.Select(Written));

    public static IReadOnlyList<DateTimeOffset> Read(string written) =>
        written.Length == 0 ? [] : Array.ConvertAll(written.Split(' '), ReadOne);

    /// <summary>A result that is awaited: since when, and by which version of the court's configuration it is late.</summary>
    public static string Written(AwaitedResult result) => string.Create(CultureInfo.InvariantCulture, $"{Written(result.CollectedUntil)}@{result.CourtVersion}");

    public static IReadOnlyList<AwaitedResult> ReadResults(string written) => written.Length == 0
        ? []
        : Array.ConvertAll(Array.ConvertAll(written.Split(' '), one => one.Split('@')), parts => new AwaitedResult(ReadOne(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture)));

    private static DateTimeOffset ReadOne(string written) => DateTimeOffset.ParseExact(written, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
