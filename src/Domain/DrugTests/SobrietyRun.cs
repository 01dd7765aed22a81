namespace CaseFlow.Domain.DrugTests;

/// <summary>
/// Continuous sobriety (NRAC 2006 [S:nrac]) as far as tests support it: it begins with the first negative test, or the day after one that counts as positive, and
/// goes as far as the last negative one. Days before the first test and after the last are nobody's to count. What counts as positive is the court's
/// configuration (R32).
/// </summary>
/// <param name="CurrentDays">Whole days from the first day to the last negative test.</param>
/// <param name="LongestDays">The longest such run.</param>
/// <param name="Since">First day of the current run.</param>
public sealed record SobrietyRun(int CurrentDays, int LongestDays, DateOnly Since)
{
    /// <param name="from">First day of the programme.</param>
    /// <param name="until">Today, or the last day of the programme; not before <paramref name="from"/>.</param>
    /// <param name="positives">Days of tests that count as positive, in any order.</param>
    /// <param name="negatives">Days of negative tests, in any order.</param>
    /// <returns>Null while no test says anything: none yet.</returns>
    public static SobrietyRun? Of(DateOnly from, DateOnly until, IEnumerable<DateOnly> positives, IEnumerable<DateOnly> negatives)
    {
        SobrietyRun? run = null;
        var tests = positives.Select(day => (Day: day, IsPositive: true)).Concat(negatives.Select(day => (Day: day, IsPositive: false)))
            .Where(test => test.Day >= from && test.Day <= until);
        // Of one day the positive test comes first: a negative one beside it begins nothing.
        foreach (var (day, isPositive) in tests.OrderBy(test => test.Day).ThenByDescending(test => test.IsPositive))
        {
            var since = isPositive ? day.AddDays(1) : run?.Since ?? day;
            var current = Math.Max(0, day.DayNumber - since.DayNumber);
            run = new SobrietyRun(current, Math.Max(run?.LongestDays ?? 0, current), since);
        }

        return run;
    }
}
