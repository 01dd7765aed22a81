using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.DrugTests;

/// <summary>What a test waits for, and since when somebody is late. It shows, and decides nothing.</summary>
/// <param name="For">What is to come next.</param>
/// <param name="Until">When that is, or was, due, UTC; null where there is no due time.</param>
public sealed record TestWait(TestAwaits For, DateTimeOffset? Until)
{
    public static readonly TestWait None = new(TestAwaits.Nothing, null);

    public bool IsLate => For is TestAwaits.Untold or TestAwaits.SpecimenLate or TestAwaits.ResultLate;

    /// <summary>What a test waits for at an instant.</summary>
    /// <param name="test">The test, as it stands.</param>
    /// <param name="rules">Of the version of the court's configuration that it was selected under; null for none.</param>
    /// <param name="asksNoMore">The participation is over, or the participant has died: nobody is asked for anything any more, while what was given before is still found out.</param>
    /// <param name="now">The instant.</param>
    /// <param name="today">The court's local day of it.</param>
    public static TestWait Of(DrugTest test, TestRules? rules, bool asksNoMore, DateTimeOffset now, DateOnly today)
    {
        if (test.ContestOpen)
            return new TestWait(test.Confirmed ? TestAwaits.Answer : TestAwaits.Confirmation, null);
        if (test.AwaitsResult)
        {
            var due = rules is null ? null : test.CollectedUntil?.AddHours(rules.ResultHours);
            return new TestWait(due < now ? TestAwaits.ResultLate : TestAwaits.Result, due);
        }

        return test.Phase switch
        {
            TestPhase.Selected when !asksNoMore && !test.CaughtUp =>
                new TestWait(test.IsUntold(today) ? TestAwaits.Untold : TestAwaits.Notice, null),
            TestPhase.Notified when !asksNoMore => new TestWait(test.CollectBy < now ? TestAwaits.SpecimenLate : TestAwaits.Specimen, test.CollectBy),
            _ => None,
        };
    }
}

/// <summary>What a test can wait for.</summary>
public enum TestAwaits
{
    Nothing,

    /// <summary>The participant is to be told of it, on its day or, of one that nobody drew, later (R31).</summary>
    Notice,

    /// <summary>It was drawn for a day that is over, and nobody told the participant: it binds nobody, and the court did not test.</summary>
    Untold,

    /// <summary>The window for the specimen is open (R31).</summary>
    Specimen,

    /// <summary>The window is over, and nobody said what came of it (R32).</summary>
    SpecimenLate,

    /// <summary>A specimen was given, and its result is awaited.</summary>
    Result,

    /// <summary>The result is later than the court's configuration allows.</summary>
    ResultLate,

    /// <summary>The participant contests the result, and no confirmation came.</summary>
    Confirmation,

    /// <summary>The participant contests what was confirmed: only a correction, or nothing, can follow.</summary>
    Answer,
}
