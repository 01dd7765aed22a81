namespace CaseFlow.Domain.Policies;

/// <summary>How soon after it happened something is to be in the record; shown as a measure, never a refusal.</summary>
/// <param name="CourtHours">Hours on the clock for a treatment court's work that no court says itself (R19: 48 [S:wisdoj-tad]).</param>
/// <param name="ContactHours">Hours on the clock for notes and contacts (R55: 24 [P]).</param>
public sealed record DataEntryPolicy(int CourtHours, int ContactHours)
{
    public static DataEntryPolicy Default { get; } = new(CourtHours: 48, ContactHours: 24);
}
