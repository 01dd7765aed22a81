using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;

namespace CaseFlow.Projections.CourtActivity;

/// <summary>Since when it is known how a test stands: one rule for whatever calls a test new, since it may be known long after its own day.</summary>
/// <param name="StandsSince">When it became known that it counts as it does, and what was found, UTC; null before anything is.</param>
/// <param name="CorrectedAt">When it was recorded that something else than a time was wrong, or a time by which it counts otherwise; null where nothing was.</param>
public sealed record TestKnown(DateTimeOffset? StandsSince, DateTimeOffset? CorrectedAt)
{
    public static TestKnown Nothing { get; } = new(null, null);

    /// <param name="before">The test before the fact.</param>
    /// <param name="after">The test after it.</param>
    /// <param name="fact">What was told of it.</param>
    /// <param name="recorded">The same, as it was recorded.</param>
    public TestKnown After(DrugTest before, DrugTest after, DrugTestEvent fact, RecordedEvent recorded) => new(
        (VerdictOf(before), before.Outcome) == (VerdictOf(after), after.Outcome) ? StandsSince : fact.KnownAt,
        IsCorrected(before, after, fact) ? recorded.RecordedAt : CorrectedAt);

    /// <returns>When something of it became known, UTC: how it stands, its result, what was wrong.</returns>
    public IEnumerable<DateTimeOffset> Times(DrugTest test) => new[] { StandsSince, test.ReportedAt, CorrectedAt }.OfType<DateTimeOffset>();

    /// <summary>What follows from another time is said by the correction of that; a time that leaves what it counts as says nothing of that.</summary>
    internal static bool IsCorrected(DrugTest before, DrugTest after, DrugTestEvent fact) => fact is DrugTestCorrected e
        && (e.CorrectedOccurredAt is null || (e.Corrects != TestStatement.WindowOver && VerdictOf(before) != VerdictOf(after)));

    private static TestVerdict VerdictOf(DrugTest test) => new TestProgress(test).Verdict;
}
