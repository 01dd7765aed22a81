using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Projections.CourtCaseload;

/// <summary>
/// Which tests and hearings a caseload's row keeps. A row must not grow with the years: it keeps those of which something is still to come, the last few of
/// each kind, by their days and as they became known, so that no number of one pushes out another, and the first negative test. What moves one that is over, and may be forgotten, is rare: then the whole
/// history is folded anew with a memory that keeps those, and as many more of each kind as can be taken away. So no row depends on what an earlier one forgot.
/// </summary>
public sealed class AgendaMemory
{
    private const int OfAStanding = 8;
    private const int ClosedHearings = 4;

    /// <summary>Of a draw that was told on its day and entered by then, fewer draws than <see cref="OfAStanding"/> can have followed.</summary>
    private static readonly TimeSpan EnteredInTime = TimeSpan.FromDays(5);

    private readonly HashSet<Guid> moved;
    private readonly HashSet<Guid> retracted;

    private AgendaMemory(HashSet<Guid> moved, HashSet<Guid> retracted) => (this.moved, this.retracted) = (moved, retracted);

    /// <summary>What a row keeps.</summary>
    public static AgendaMemory OfARow { get; } = new([], []);

    /// <returns>What is kept while a whole history is folded.</returns>
    public static AgendaMemory Of(IReadOnlyList<RecordedEvent> history) => new(
        [.. history.Where(MovesSettled).Select(recorded => ((DrugTestEvent)recorded.Data).TestId)],
        [.. history.Select(recorded => recorded.Data).OfType<CourtEntryRetracted>().Select(fact => fact.RetractedEntryId)]);

    /// <returns>Whether an event can move a test that a row may have forgotten.</returns>
    public static bool MovesSettled(RecordedEvent recorded) => recorded.Data switch
    {
        DrugTestCorrected or DrugTestConfirmed or DrugTestExcused or DrugTestDilute or DrugTestAdulterated => true,
        DrugTestNotified told => told.OccurredAt < recorded.RecordedAt - EnteredInTime,
        _ => false,
    };

    /// <returns>Whether a test counts against the participant.</returns>
    internal static bool Counts(DrugTest test) => test.Standing is TestStanding.Positive or TestStanding.NonCompliance;

    /// <param name="tests">Tests of a participant.</param>
    /// <param name="knownOf">Since when it is known how one stands.</param>
    /// <returns>Those that are kept, in the order of their days.</returns>
    public IReadOnlyList<DrugTest> Kept(IReadOnlyList<DrugTest> tests, Func<Guid, TestKnown> knownOf) =>
    [
        .. tests.Where(IsToCome)
            .Concat(tests.Where(one => !IsToCome(one) && !IsOver(one)).GroupBy(one => (one.Standing, IsDraw: one.Phase == TestPhase.Selected))
                .SelectMany(alike => FirstAndLast(alike).Union(LastKnown(alike, knownOf))))
            .OrderBy(one => one.CountsOn).ThenBy(one => one.TestId),
    ];

    /// <summary>
    /// Of closed hearings the last few are kept, and the last few that were held, however many were missed since, because the next is counted from there (R30).
    /// </summary>
    /// <param name="facts">Entries of hearings.</param>
    /// <returns>Those that are kept.</returns>
    public IReadOnlyList<FileEntry> Kept(IReadOnlyList<FileEntry> facts)
    {
        var closed = facts.GroupBy(fact => fact.Subject)
            .Where(AgendaEntry.IsClosed)
            .OrderByDescending(hearing => hearing.Max(fact => fact.At)).ThenBy(hearing => hearing.Key)
            .ToList();
        var held = closed.Where(hearing => hearing.Any(fact => fact.Kind == FileEntryKind.HearingHeld)).Take(ClosedHearings + retracted.Count);
        var forgotten = closed.Skip(ClosedHearings + retracted.Count).Except(held)
            .Where(hearing => !hearing.Any(fact => retracted.Contains(fact.EntryId)))
            .Select(hearing => hearing.Key).ToHashSet();
        return [.. facts.Where(fact => !forgotten.Contains(fact.Subject))];
    }

    private IEnumerable<DrugTest> FirstAndLast(IEnumerable<DrugTest> alike)
    {
        var all = alike.OrderBy(one => one.CountsOn).ThenBy(one => one.TestId).ToList();
        var first = all[0].Standing == TestStanding.Negative ? 1 + moved.Count : 0;
        return all.Where((_, n) => n < first || n >= all.Count - OfAStanding - moved.Count);
    }

    /// <summary>Of what counts against the participant the last that became known: it is in sight from then, however old the specimen is.</summary>
    private IEnumerable<DrugTest> LastKnown(IEnumerable<DrugTest> alike, Func<Guid, TestKnown> knownOf) => alike.Where(Counts)
        .OrderByDescending(one => knownOf(one.TestId).Times(one).Max(at => (DateTimeOffset?)at)).ThenBy(one => one.TestId)
        .Take(OfAStanding + moved.Count);

    /// <summary>What is told of these is nothing that moves a settled one. Of a specimen that was given a result comes also when nobody waits for it any more.</summary>
    private bool IsToCome(DrugTest test) => moved.Contains(test.TestId) || test.Phase is TestPhase.Notified or TestPhase.Collected
        || test is { Phase: TestPhase.Closed, CollectedAt: not null }
        || test is { Phase: TestPhase.Selected, Selection: not TestSelection.Random };

    /// <summary>Drawn after its day, it is told to nobody.</summary>
    private static bool IsOver(DrugTest test) => test is { Phase: TestPhase.Selected, CaughtUp: true };
}
