using CaseFlow.Api.Overdoses;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Api.Imports;

/// <summary>What is the same for every row of one import.</summary>
/// <param name="Jurisdiction">The tenant.</param>
/// <param name="Source">Name of the source system; with a row's own numbers it is the row's identity.</param>
/// <param name="KnownAt">When the recorder learned of the rows: the instant of the import, UTC.</param>
/// <param name="Policy">The jurisdiction's policy, for its time zone.</param>
public sealed record ImportTerms(string Jurisdiction, string Source, DateTimeOffset KnownAt, JurisdictionPolicy Policy)
{
    /// <summary>The data set that the layout belongs to.</summary>
    public const string DefaultSource = "pa-overdose-incidents";

    /// <summary>Who records imported rows.</summary>
    public const string Actor = "import";

    /// <summary>Whose records the rows are; null for nobody's in the directory.</summary>
    public string? RecordOf { get; init; }

    /// <summary>Codes of what law that agency's records are under.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The zone in which the file's dates and times are meant.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(Policy.TimeZone);

    /// <summary>The local days of that zone.</summary>
    public BusinessCalendar Calendar { get; } = new(Policy);

    /// <summary>As by HTTP, and where the row came from.</summary>
    internal Circumstances CircumstancesOf(IncidentReport report) => new()
    {
        Actor = Actor,
        Role = Role.Service,
        RecordOf = RecordOf,
        Labels = Labels,
        Purpose = Purpose.Operations,
        Intercept = ReportOverdoseDoor.InterceptOf(report.Command.Source),
        SourceSystem = Source,
        SourceExternalId = report.ExternalId,
    };

    /// <summary>The victims of one incident are overdoses of one conversation.</summary>
    internal string ConversationOf(IncidentReport report) => $"{Source}/{report.Row.IncidentId}";
}
