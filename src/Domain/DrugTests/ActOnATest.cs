namespace CaseFlow.Domain.DrugTests;

/// <summary>What the court, or the participant before it, did about a test: it happened while they took part.</summary>
/// <param name="Name">What it was, in words.</param>
/// <param name="At">When, UTC; of a time known to the day the start of it.</param>
/// <param name="Until">End of that day; null where more than the day is known.</param>
public sealed record ActOnATest(string Name, DateTimeOffset At, DateTimeOffset? Until = null)
{
    /// <summary>Surely; of a day all of it.</summary>
    public bool IsBefore(DateTimeOffset instant) => When.IsOver(At, Until, instant);

    /// <summary>
    /// A draw is made by the programme, whoever is drawn; that a window ended, and what a laboratory found, may come once it is over. What was struck out never was.
    /// </summary>
    /// <returns>The last of a participation; null for none.</returns>
    public static ActOnATest? LastOf(DrugTestingState state) => state.Tests.Values.SelectMany(test => Of(test, state)).MaxBy(act => act.At);

    /// <returns>The first of a participation, by when it was over; null for none.</returns>
    public static ActOnATest? FirstOf(DrugTestingState state) =>
        state.Tests.Values.SelectMany(test => Of(test, state)).OrderBy(act => act.Until ?? act.At).ThenBy(act => act.Until is null).FirstOrDefault();

    private static IEnumerable<ActOnATest> Of(DrugTest test, DrugTestingState state)
    {
        var times = state.FollowingOf(test.TestId);
        if (test.Selection != TestSelection.Random && times.Ordered is { } ordered)
            yield return Of("drug test ordered", ordered);
        if (times.Notified is { } notified)
            yield return Of("drug test notified", notified);
        if (test.Given is { } given)
            yield return Of("drug test collected", given);
        if (test is { Phase: TestPhase.Refused } && times.Refused is { } refused)
            yield return Of("drug test refused", refused);
    }

    private static ActOnATest Of(string name, ResultTime time) => new(name, time.At, time.Until);
}
