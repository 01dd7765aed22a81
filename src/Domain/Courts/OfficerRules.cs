namespace CaseFlow.Domain.Courts;

/// <summary>Who can supervise a participant.</summary>
internal static class OfficerRules
{
    public static Rejection? Check(SupervisionOfficerNamed fact, ParticipationState state, CourtQuestion asked) =>
        asked.Holds(fact.OfficerId, post => post.Role == Role.Agent) ? null : ParticipationRejections.OfficerUnknown();
}

/// <summary>A supervision officer's participants of one court, against what the court's rules say (R54).</summary>
/// <param name="OfficerId">Staff id.</param>
/// <param name="Participants">Admitted and not ended.</param>
/// <param name="Most">By the court's configuration in force (50 [S:watcp-nadcp]).</param>
/// <param name="IsAbove">More than that: shown, and nothing is refused, for the officers are another agency's.</param>
public sealed record OfficerCaseload(string OfficerId, int Participants, int Most, bool IsAbove)
{
    /// <returns>Each officer of some participants, those with the most first.</returns>
    /// <param name="officers">The officer of each; null where none is named.</param>
    /// <param name="rules">The court's.</param>
    public static IReadOnlyList<OfficerCaseload> Of(IEnumerable<string?> officers, CoachingRules rules) =>
    [
        .. officers.OfType<string>().GroupBy(officer => officer, StringComparer.Ordinal)
            .Select(theirs => new OfficerCaseload(theirs.Key, theirs.Count(), rules.OfficerCaseload, theirs.Count() > rules.OfficerCaseload))
            .OrderByDescending(one => one.Participants).ThenBy(one => one.OfficerId, StringComparer.Ordinal),
    ];
}
