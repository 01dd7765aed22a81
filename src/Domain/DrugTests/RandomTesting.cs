using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.DrugTests;

/// <summary>Who is to be tested at random, by what a court decided (R31): testing starts at entry and goes on to the end [S:jsi-drug].</summary>
public static class RandomTesting
{
    /// <summary>Each phase tests so many times a week (R31); where it says nothing, and before the first, the court's own odds count.</summary>
    /// <param name="court">A court that tests for drugs.</param>
    /// <param name="phase">Code of the phase; null before the first.</param>
    public static SelectionOdds OddsIn(CourtConfiguration court, string? phase) => court.FindPhase(phase)?.TestsPerWeek is { } perWeek
        ? new SelectionOdds(perWeek, 7)
        : new SelectionOdds(court.Tests!.SelectedDays, court.Tests.OfDays);

    /// <returns>Whether the court tests at random in that phase.</returns>
    public static bool IsOrdered(CourtConfiguration court, string? phase) => court.Tests is not null && OddsIn(court, phase).Chances > 0;

    /// <summary>An admission enrols nobody: who was never put into the draws, or was taken out of them, is tested by nobody unless it is pointed out.</summary>
    /// <param name="court">The court's configuration in force.</param>
    /// <param name="stage">Of the participation.</param>
    /// <param name="phase">Code of its phase; null before the first.</param>
    /// <param name="takesPart">Whether it is in the court's roster.</param>
    public static bool IsMissing(CourtConfiguration court, ParticipationStage stage, string? phase, bool takesPart) =>
        stage == ParticipationStage.Admitted && !takesPart && IsOrdered(court, phase);
}
