namespace CaseFlow.Domain.DrugTests;

/// <summary>What the court, or the participant before it, did about a test: it happened while they took part.</summary>
/// <param name="Name">What it was, in words.</param>
/// <param name="At">When, UTC.</param>
public sealed record ActOnATest(string Name, DateTimeOffset At)
{
    /// <summary>
    /// A draw is made by the programme, whoever is drawn; that a window ended, and what a laboratory found, may come once it is over. What was struck out never was.
    /// </summary>
    /// <returns>The last of a participation; null for none.</returns>
    public static ActOnATest? LastOf(DrugTestingState state) => state.Tests.Values.SelectMany(test => Of(test, state)).MaxBy(act => act.At);

    /// <returns>The first of a participation; null for none.</returns>
    public static ActOnATest? FirstOf(DrugTestingState state) => state.Tests.Values.SelectMany(test => Of(test, state)).MinBy(act => act.At);

    private static IEnumerable<ActOnATest> Of(DrugTest test, DrugTestingState state)
    {
        if (test.Selection != TestSelection.Random)
            yield return new("drug test ordered", state.SelectedAt[test.TestId]);
        if (test.NotifiedAt is { } notified)
            yield return new("drug test notified", notified);
        if (test.CollectedAt is { } collected)
            yield return new("drug test collected", collected);
        if (test is { Phase: TestPhase.Refused, IsStruckOut: false })
            yield return new("drug test refused", state.RefusedAt[test.TestId]);
    }
}
