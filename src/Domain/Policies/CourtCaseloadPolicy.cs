namespace CaseFlow.Domain.Policies;

/// <summary>What a court's caseload puts before a coordinator first; it shows, and decides nothing.</summary>
/// <param name="HearingSoonDays">A hearing within so many days is to be prepared [P].</param>
/// <param name="TestConcernDays">A test that counts against the participant stays in sight for so many days [P].</param>
public sealed record CourtCaseloadPolicy(int HearingSoonDays, int TestConcernDays)
{
    public static CourtCaseloadPolicy Default { get; } = new(HearingSoonDays: 7, TestConcernDays: 14);
}
