namespace CaseFlow.Domain.Courts;

/// <summary>What the court's own tests and its calendar say about the days of sobriety that a team states (R32, R33, R40).</summary>
internal static class SobrietyRules
{
    /// <summary>Sobriety is counted in the programme [S:nrac]: nobody has more days of it than since admission.</summary>
    /// <returns>The days since admission, when more are stated; null otherwise, and where none are stated.</returns>
    public static int? MostOf(int? stated, ParticipationEvent fact, ParticipationState state) =>
        PhaseRules.DaysSince(state.AdmittedOn, fact) is var most && stated > most ? most : null;

    /// <summary>
    /// A team may count days that no test covers; what it cannot count is a day on which a test counts as positive, as it stands now: contested it counts,
    /// corrected or excused it does not.
    /// </summary>
    /// <param name="asked">Days that the court asks for; where it asks for none, its tests contradict nothing.</param>
    /// <param name="stated">Days that the team counts.</param>
    /// <returns>The days since the last positive test, when they are fewer than what is stated and asked; null when tests contradict nothing.</returns>
    public static DaysSober? Contradicting(int asked, int? stated, ParticipationEvent fact, ParticipationState state, CourtQuestion question)
    {
        if (asked == 0 || state.AdmittedOn is not { } admitted)
            return null;
        var positives = question.PositiveDays.Where(day => day >= admitted && day <= fact.OccurredOn).ToList();
        if (positives.Count == 0)
            return null;
        var since = positives.Max().AddDays(1);
        var days = Math.Max(0, fact.OccurredOn.DayNumber - since.DayNumber);
        return days < Math.Max(asked, stated ?? 0) ? new DaysSober(days, since) : null;
    }

    /// <returns>What is asked and what the tests show, in words.</returns>
    public static string Words(int asked, DaysSober shown) => FormattableString.Invariant(
        $"{asked} consecutive days of sobriety: by the tests {shown.Days}, since {shown.Since:yyyy-MM-dd}");
}

/// <param name="Days">Whole days without a test that counts as positive.</param>
/// <param name="Since">The day after the last one that does.</param>
internal sealed record DaysSober(int Days, DateOnly Since);
