namespace CaseFlow.Api.Imports;

/// <summary>One line of an incident file: one victim, every value as the file has it, trimmed.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
/// <param name="Content">The whole line, for the file of rejected lines.</param>
/// <param name="Values">In the order of <see cref="IncidentColumns.All"/>.</param>
public sealed record IncidentRow(int Line, string Content, IReadOnlyList<string> Values)
{
    public string IncidentId => Values[0];

    public string VictimId => Values[1];

    public string IncidentDate => Values[2];

    public string IncidentTime => Values[3];

    public string County => Values[4];

    public string CountyFips => Values[5];

    public string Gender => Values[6];

    public string AgeRange => Values[7];

    public string Race => Values[8];

    public string Ethnicity => Values[9];

    public string NaloxoneAdministered => Values[10];

    public string ResponseTime => Values[11];

    public string Survived => Values[12];

    public string SuspectedDrugs => Values[13];

    /// <summary>Refused, with the content kept for the file of rejected lines.</summary>
    public RejectedRow Reject(string code, string? field, string reason) => new(
        Line, code, field, reason, Content.Length <= RejectedRow.MostContent ? Content : Content[..RejectedRow.MostContent])
    {
        ExternalId = IncidentRules.IdentityOf(this),
    };
}

/// <summary>The columns an incident file must name in its first line, in any order; further columns are not read.</summary>
public static class IncidentColumns
{
    public static IReadOnlyList<string> All { get; } =
    [
        "incident_id", "victim_id", "incident_date", "incident_time", "county", "county_fips", "gender", "age_range", "race",
        "ethnicity", "naloxone_administered", "response_time", "survived", "suspected_drugs",
    ];
}
