using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Policies;

/// <summary>R9: what it takes before somebody may be called unreachable.</summary>
public static class UnreachableRule
{
    /// <returns>What the attempts still lack, in plain words; empty when they suffice.</returns>
    public static IReadOnlyList<string> Missing(
        UnreachablePolicy policy, IReadOnlyCollection<ContactAttempt> attempts, BusinessCalendar calendar)
    {
        var modes = attempts.Select(attempt => attempt.Mode).Distinct().Count();
        var dayParts = attempts.Select(attempt => DayPartOf(calendar.LocalTime(attempt.AttemptedAt))).Distinct().Count();
        var days = attempts.Count == 0
            ? 0
            : calendar.LocalDate(attempts.Max(a => a.AttemptedAt)).DayNumber - calendar.LocalDate(attempts.Min(a => a.AttemptedAt)).DayNumber;

        List<string> missing = [];
        if (attempts.Count < policy.Attempts)
            missing.Add($"attempts ({attempts.Count} of {policy.Attempts})");
        if (modes < policy.Modes)
            missing.Add($"different modes ({modes} of {policy.Modes})");
        if (dayParts < policy.DayParts)
            missing.Add($"parts of the day ({dayParts} of {policy.DayParts})");
        if (days < policy.OverDays)
            missing.Add($"days from first to last ({days} of {policy.OverDays})");
        return missing;
    }

    private static DayPart DayPartOf(TimeOnly local) => local.Hour switch
    {
        >= 5 and < 12 => DayPart.Morning,
        >= 12 and < 17 => DayPart.Afternoon,
        >= 17 and < 22 => DayPart.Evening,
        _ => DayPart.Night,
    };
}

/// <summary>Parts of the local day: 05–12, 12–17, 17–22, 22–05.</summary>
public enum DayPart
{
    Morning,
    Afternoon,
    Evening,
    Night,
}
