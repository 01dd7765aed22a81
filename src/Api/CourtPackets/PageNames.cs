using CaseFlow.Domain.Courts;

namespace CaseFlow.Api.CourtPackets;

/// <summary>How a page calls what its data name by code: as the court does, and the directory.</summary>
/// <param name="court">The court's configuration at the page's moment; what another version named is read as its code.</param>
/// <param name="agencyNamed">The name of an agency; null for one that is not in the directory.</param>
public sealed class PageNames(CourtConfiguration court, Func<string, string?> agencyNamed)
{
    public string Agency(string id) => agencyNamed(id) ?? PageWords.Code(id);

    public string Phase(string? code) => court.FindPhase(code)?.Name ?? PageWords.Code(code);

    public string Objective(string? phase, string? code) =>
        court.FindPhase(phase)?.Objectives.FirstOrDefault(one => one.Code == code)?.Name ?? PageWords.Code(code);

    public string Behaviour(string? code) => court.Responses.Behaviours.FirstOrDefault(one => one.Code == code)?.Name ?? PageWords.Code(code);

    /// <summary>An incentive, a sanction or a change of service.</summary>
    public string Response(string? code) =>
        court.Responses.Incentives.Concat(court.Responses.Sanctions).Concat(court.Responses.Adjustments).FirstOrDefault(one => one.Code == code)?.Name
            ?? PageWords.Code(code);
}
