namespace CaseFlow.Domain.DrugTests;

/// <summary>
/// Continuous sobriety (NRAC 2006 [S:nrac]): days without a test that counts as positive, from admission on. What counts as positive is the
/// court's configuration (R32).
/// </summary>
/// <param name="CurrentDays">Whole days since the day after the last positive; today is not over.</param>
/// <param name="LongestDays">The longest such run.</param>
/// <param name="Since">First day of the current run.</param>
public sealed record SobrietyRun(int CurrentDays, int LongestDays, DateOnly Since)
{
    /// <param name="from">First day of the programme.</param>
    /// <param name="until">Today, or the last day of the programme; not before <paramref name="from"/>.</param>
    /// <param name="positives">Days of tests that count as positive, in any order.</param>
    public static SobrietyRun Of(DateOnly from, DateOnly until, IEnumerable<DateOnly> positives)
    {
        var (start, longest) = (from, 0);
        foreach (var day in positives.Where(day => day >= from && day <= until).Distinct().Order())
        {
            longest = Math.Max(longest, day.DayNumber - start.DayNumber);
            start = day.AddDays(1);
        }

        var current = Math.Max(0, until.DayNumber - start.DayNumber);
        return new SobrietyRun(current, Math.Max(longest, current), start);
    }
}
