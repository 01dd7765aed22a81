using System.Text.Json.Serialization;
using CaseFlow.Projections.CourtActivity;

namespace CaseFlow.Projections.CourtCompliance;

/// <param name="Day">The local day by which it counts: of the specimen, the refusal or the end of the window; the day that it is for while it is open.</param>
/// <param name="Verdict">What it counts as.</param>
/// <param name="Correction">What was corrected last; null when nothing was.</param>
public sealed record TestShown(DateOnly Day, TestStep Step, TestVerdict Verdict, bool Contested, TestCorrectionShown? Correction)
{
    /// <summary>
    /// It is positive or not as asked, and of the time since the last hearing that was held, or became known or was corrected since: the team has not met about it yet. Left out otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SinceHearing { get; init; }

    /// <summary>What was corrected last of when it was ordered, reported or confirmed; left out when nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TestTimeCorrectionShown? TimeCorrection { get; init; }

    /// <summary>Codes of what was found, by the last result that stands; left out for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Substances { get; init; }

    /// <summary>What it counts by beside a result: that the specimen was dilute, tampered with or given late. A court answers these otherwise than use (R37). Left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SpecimenFinding>? Findings { get; init; }
}
