namespace CaseFlow.Domain.Courts;

/// <summary>Days of jail that nobody was heard about, counted together (R36): a limit is not passed by imposing twice of one morning.</summary>
internal static class JailRules
{
    /// <summary>
    /// Two ways of counting, of which the larger is meant: whatever was imposed within the court's window of days, on whichever day of it this
    /// sanction falls, so that one told late counts as well; and jail without a day between, whenever it was imposed.
    /// </summary>
    /// <param name="fact">The sanction asked about; it is not among the entries yet.</param>
    /// <param name="state">The participation.</param>
    /// <param name="windowDays">Local days that are counted together, at least 1.</param>
    /// <returns>Days without a hearing held about them, those of the sanction among them.</returns>
    public static int DaysWithoutHearing(JailSanctionImposed fact, ParticipationState state, int windowDays)
    {
        List<JailSanctionImposed> unheard =
        [
            .. state.Log.OfType<JailSanctionImposed>().Where(one => !state.Retracted.Contains(one.EntryId) && !IsHeard(one, state)),
            fact,
        ];
        return Math.Max(WithinDays(fact, unheard, windowDays), WithoutADayBetween(fact, unheard));
    }

    /// <summary>A status hearing is about how the participant is doing; liberty is taken in a hearing that is about taking it.</summary>
    /// <returns>Whether a hearing about it was held.</returns>
    public static bool IsHeard(JailSanctionImposed fact, ParticipationState state) => fact.DueProcess == DueProcess.Hearing
        && HearingRules.IsHeld(fact.HearingId, state) && state.Hearings[fact.HearingId!.Value].Kind is (HearingKind.Sanction or HearingKind.Termination);

    private static int WithinDays(JailSanctionImposed fact, List<JailSanctionImposed> unheard, int windowDays)
    {
        var on = fact.OccurredOn.DayNumber;
        return unheard.Select(one => one.OccurredOn.DayNumber)
            .Where(first => first <= on && on < first + windowDays)
            .Max(first => unheard.Where(one => one.OccurredOn.DayNumber >= first && one.OccurredOn.DayNumber < first + windowDays).Sum(one => one.Days));
    }

    private static int WithoutADayBetween(JailSanctionImposed fact, List<JailSanctionImposed> unheard)
    {
        var (first, end) = SpanOf(fact);
        var together = new HashSet<JailSanctionImposed>(ReferenceEqualityComparer.Instance) { fact };
        while (unheard.Find(one => !together.Contains(one) && SpanOf(one) is var span && span.First <= end && span.End >= first) is { } next)
        {
            together.Add(next);
            var span = SpanOf(next);
            (first, end) = (Math.Min(first, span.First), Math.Max(end, span.End));
        }

        return together.Sum(one => one.Days);
    }

    private static (int First, int End) SpanOf(JailSanctionImposed jail) => (jail.StartsOn.DayNumber, jail.StartsOn.DayNumber + jail.Days);
}
