using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Projections.CourtCaseload;

/// <summary>When the time is over in which a past participant is contacted (90 days [S:watcp-nadcp]).</summary>
public static class AftercareEnds
{
    /// <returns>Its last local day; null for who was never in the programme.</returns>
    public static DateOnly? On(ParticipationStage stage, DateOnly? endedOn, CourtConfiguration court) =>
        stage is ParticipationStage.Graduated or ParticipationStage.Terminated or ParticipationStage.Withdrawn ? endedOn?.AddDays(court.AftercareDays) : null;

    /// <returns>Whether its last day lies within the policy's days; one that is over is past changing.</returns>
    public static bool IsNear(ParticipationStage stage, DateOnly? endedOn, CourtConfiguration court, CourtCaseloadPolicy policy, DateOnly today) =>
        On(stage, endedOn, court) is { } last && last >= today && last <= today.AddDays(policy.AftercareEndingDays);
}
