using System.Globalization;

namespace CaseFlow.Domain.Courts;

/// <summary>Days of jail that nobody was heard about, counted together (R36): a limit is not passed by imposing twice of one morning.</summary>
internal static class JailRules
{
    /// <summary>
    /// Beyond the court's limit the days were heard, or nobody imposes them. Without a hearing two ways of counting, of which the larger is meant: whatever was imposed
    /// within the court's window of days, on whichever day of it this sanction falls, so that one told late counts as well; and jail without a day between, whenever it was imposed.
    /// </summary>
    /// <param name="fact">The sanction asked about; it is not among the entries yet.</param>
    /// <param name="state">The participation.</param>
    /// <param name="limits">The court's.</param>
    /// <returns>Whether the days are taken as heard, and why they are too many where they are not.</returns>
    public static (bool AsHeard, Rejection? Rejection) Judge(JailSanctionImposed fact, ParticipationState state, JailLimits limits)
    {
        List<JailSanctionImposed> imposed = [.. state.Standing.OfType<JailSanctionImposed>()];
        var whyNot = WhyNotHeard(fact, imposed, state, limits);
        if (IsInHearing(fact) && whyNot is null)
            return (true, null);
        List<JailSanctionImposed> unheard = [.. imposed.Where(one => !WasHeard(one, state)), fact];
        var together = Math.Max(WithinDays(fact, unheard, limits.WindowDays), WithoutADayBetween(fact, unheard));
        return (false, together > limits.DaysWithoutHearing ? ParticipationRejections.JailOverLimitWithoutHearing(limits.DaysWithoutHearing, together, whyNot) : null);
    }

    /// <summary>Nobody serves a day that has not begun: not before the first of them, and no more than have gone by.</summary>
    public static Rejection? CheckServed(JailSanctionServed fact, ParticipationState state)
    {
        var starts = state.Standing.OfType<JailSanctionImposed>().First(one => one.EntryId == fact.SanctionId).StartsOn;
        if (fact.OccurredOn < starts)
            return TimeRejections.BeforeWhatItFollows(string.Create(CultureInfo.InvariantCulture, $"the first day of jail, {starts:yyyy-MM-dd}"));
        List<JailSanctionServed> served = [.. state.Standing.OfType<JailSanctionServed>().Where(one => one.SanctionId == fact.SanctionId), fact];
        var most = served.Select(one => one.OccurredOn).Where(day => day >= fact.OccurredOn).Distinct().Min(day =>
            day.DayNumber - starts.DayNumber + 1 - served.Where(one => one.OccurredOn <= day).Sum(one => one.Days));
        return most < 0 ? ParticipationRejections.JailDaysAhead(fact.OccurredOn.DayNumber - starts.DayNumber + 1) : null;
    }

    private static bool IsInHearing(JailSanctionImposed one) => one is { DueProcess: DueProcess.Hearing, HearingId: not null };

    /// <summary>
    /// What is on record is not judged anew. Of one recorded before it kept how it was taken: the first that names a hearing about jail, whenever that was held. What is
    /// retracted since came before it all the same.
    /// </summary>
    private static bool WasHeard(JailSanctionImposed one, ParticipationState state) => one.TakenAsHeard
        ?? (IsInHearing(one) && FindHeld(one.HearingId!.Value, state) is { } held && IsAboutJail(held)
            && !StoodBefore(one, state).Any(before => IsInHearing(before) && before.HearingId == one.HearingId));

    /// <returns>The jail sanctions that stood when one was recorded.</returns>
    private static IEnumerable<JailSanctionImposed> StoodBefore(JailSanctionImposed one, ParticipationState state)
    {
        List<ParticipationEvent> before = [.. state.Log.TakeWhile(entry => entry.EntryId != one.EntryId)];
        var retracted = before.OfType<CourtEntryRetracted>().Select(entry => entry.RetractedEntryId).ToHashSet();
        return before.OfType<JailSanctionImposed>().Where(entry => !retracted.Contains(entry.EntryId));
    }

    private static bool IsAboutJail(StatusHearingHeld hearing) => hearing.Kind is HearingKind.Sanction or HearingKind.Termination;

    private static StatusHearingHeld? FindHeld(Guid id, ParticipationState state) =>
        state.Standing.OfType<StatusHearingHeld>().FirstOrDefault(one => (one.HearingId ?? one.EntryId) == id);

    /// <summary>
    /// A status hearing is about how the participant is doing; liberty is taken in a hearing that is about taking it, before it is taken and not long before, and what was heard
    /// is taken once.
    /// </summary>
    /// <returns>Why the hearing that is named is none about these days; null for one that is, and where none is named.</returns>
    private static string? WhyNotHeard(JailSanctionImposed fact, List<JailSanctionImposed> before, ParticipationState state, JailLimits limits)
    {
        if (fact.HearingId is not { } id)
            return null;
        if (FindHeld(id, state) is not { } held)
            return "was not held";
        if (!IsAboutJail(held))
            return $"was of another kind: {PlainNames.Words(held.Kind)}";
        if (fact.IsBefore(held))
            return "was held after they were imposed";
        if (fact.OccurredOn.DayNumber - held.OccurredOn.DayNumber > limits.HearingDays)
            return string.Create(CultureInfo.InvariantCulture, $"was held too long before: more than {limits.HearingDays} days");
        return before.Exists(one => one.HearingId == id && WasHeard(one, state)) ? "permitted another jail sanction, and permits one" : null;
    }

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
