using System.Text;
using CaseFlow.Api.Imports;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Imports;

/// <summary>Example rows and files for the tests of the import.</summary>
internal static class Incidents
{
    /// <summary>Tuesday 2026-03-03, 11:00 in Pennsylvania.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    public static readonly string Header = string.Join(',', IncidentColumns.All);

    public static readonly ImportTerms Terms = new(
        "dauphin", ImportTerms.DefaultSource, Now, JurisdictionPolicy.Default("provider") with { TimeZone = "America/New_York" });

    private static readonly string[] Ordinary =
    [
        "9670", "7600", "2019-06-01", "18:32:00", "Delaware", "045", "Male", "50 - 59", "White", "Not Hispanic", "Y", "3-5 MINUTES",
        "Y", "cocaine/crack;heroin",
    ];

    /// <summary>An ordinary row with some values changed.</summary>
    public static IncidentRow Row(params (string Column, string Value)[] changes)
    {
        var values = Ordinary.ToArray();
        foreach (var (column, value) in changes)
            values[IncidentColumns.All.ToList().IndexOf(column)] = value;
        return new IncidentRow(2, string.Join(',', values), values);
    }

    /// <summary>The same as a line of a file.</summary>
    public static string Line(params (string Column, string Value)[] changes) => Row(changes).Content;

    /// <summary>A file with the right first line.</summary>
    public static string File(params string[] lines) => string.Join('\n', [Header, .. lines]);

    public static List<IncidentLine> Read(string file) => Read(Encoding.UTF8.GetBytes(file));

    public static List<IncidentLine> Read(byte[] file)
    {
        using var reader = IncidentRowReader.Over(new MemoryStream(file), "incidents.csv");
        return [.. reader.Read()];
    }
}
