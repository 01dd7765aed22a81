using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Domain.Courts;

/// <summary>What the court's own tests say about the days of sobriety that a team states (R32, R33, R40).</summary>
internal static class SobrietyRules
{
    /// <summary>
    /// A team may count days that no test covers, such as those before admission; what it cannot count is a day on which a test counts as
    /// positive, as it stands now: contested it counts, corrected or excused it does not.
    /// </summary>
    /// <param name="asked">Days that the court asks for; where it asks for none, its tests contradict nothing.</param>
    /// <param name="stated">Days that the team counts.</param>
    /// <returns>The run that the tests leave, when it is shorter than what is stated and asked; null when they contradict nothing.</returns>
    public static SobrietyRun? Contradicting(int asked, int? stated, ParticipationEvent fact, ParticipationState state, CourtQuestion question)
    {
        if (asked == 0 || state.AdmittedOn is not { } admitted)
            return null;
        var run = SobrietyRun.Of(admitted, fact.OccurredOn, question.PositiveDays);
        return run.Since > admitted && run.CurrentDays < Math.Max(asked, stated ?? 0) ? run : null;
    }

    /// <returns>What is asked and what the tests show, in words.</returns>
    public static string Words(int asked, SobrietyRun run) => FormattableString.Invariant(
        $"{asked} consecutive days of sobriety: by the tests {Math.Max(0, run.CurrentDays)}, since {run.Since:yyyy-MM-dd}");
}
