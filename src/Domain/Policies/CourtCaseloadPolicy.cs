namespace CaseFlow.Domain.Policies;

/// <summary>What a court's caseload puts before a coordinator first; it shows, and decides nothing.</summary>
/// <param name="HearingSoonDays">A hearing within so many days is to be prepared [P].</param>
/// <param name="TestConcernDays">A test that counts against the participant stays in sight for so many days from its own, or from when that became known [P].</param>
/// <param name="BasisEndingDays">The legal basis of a participation ends within so many days (30 [P]).</param>
/// <param name="AftercareEndingDays">The time in which a past participant is contacted ends within so many days (14 [P]).</param>
public sealed record CourtCaseloadPolicy(int HearingSoonDays, int TestConcernDays, int BasisEndingDays = 30, int AftercareEndingDays = 14)
{
    public static CourtCaseloadPolicy Default { get; } = new(HearingSoonDays: 7, TestConcernDays: 14);
}
