using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Projections.CourtCaseload;

/// <summary>A participant's hearings to come and tests to talk about.</summary>
/// <param name="AgencyId">The agency that the court is.</param>
/// <param name="Ends">Entries that ended the participation; one that is retracted is not among them.</param>
/// <param name="Hearings">Entries of the hearings that are open and of the last few that are not.</param>
/// <param name="Tests">Tests whose result is awaited or counts against the participant, the latest few.</param>
public sealed record AgendaEntry(
    Guid ParticipationId, string Court, string? AgencyId, IReadOnlyList<Guid> Ends, IReadOnlyList<FileEntry> Hearings, IReadOnlyList<TestMark> Tests)
{
    private const int ClosedHearings = 4;
    private const int MostTests = 12;

    public bool IsOpen => Ends.Count == 0;

    /// <summary>The earliest hearing that was neither held nor missed; it may lie in the past, and then its outcome is missing.</summary>
    public FileEntry? FirstOpenHearing => Hearings
        .GroupBy(fact => fact.Subject)
        .Where(hearing => !IsClosed(hearing))
        .Select(hearing => hearing.LastOrDefault(fact => fact.Kind is FileEntryKind.HearingScheduled or FileEntryKind.HearingContinued))
        .OfType<FileEntry>()
        .MinBy(fact => (fact.At, fact.Subject));

    /// <summary>The local day of the last hearing held.</summary>
    public DateOnly? LastHeldOn => Hearings.Where(fact => fact.Kind == FileEntryKind.HearingHeld).Max(fact => (DateOnly?)fact.On);

    /// <returns>The day of the last test that counts so; null for none.</returns>
    public DateOnly? LastOn(CountsAs count) => Tests.Where(mark => mark.Counts == count).Max(mark => (DateOnly?)mark.Day);

    /// <returns>The row after an entry of the court's.</returns>
    public static AgendaEntry? Evolve(AgendaEntry? row, ParticipationEvent fact, RecordedEvent recorded)
    {
        var entry = row ?? new AgendaEntry(fact.ParticipationId, fact.Court, AgencyId: null, [], [], []);
        if (fact is TreatmentCourtReferred referred)
            return entry with { AgencyId = referred.AgencyId };
        if (fact is CourtEntryRetracted e)
        {
            return entry with
            {
                Ends = [.. entry.Ends.Where(id => id != e.RetractedEntryId)],
                Hearings = [.. entry.Hearings.Where(one => one.EntryId != e.RetractedEntryId)],
            };
        }

        if (FileEntry.Of(fact, recorded) is not { } told)
            return row;
        if (told.Kind is FileEntryKind.Declined or FileEntryKind.Terminated or FileEntryKind.Withdrew or FileEntryKind.Closed or FileEntryKind.Graduated
            || told is { Kind: FileEntryKind.Determined, Yes: false })
        {
            return entry with { Ends = [.. entry.Ends.Append(told.EntryId).Distinct()] };
        }

        return told.Kind is FileEntryKind.HearingScheduled or FileEntryKind.HearingContinued or FileEntryKind.HearingHeld or FileEntryKind.HearingMissed
            ? entry with { Hearings = Kept([.. entry.Hearings.Where(one => one.EntryId != told.EntryId), told]) }
            : entry;
    }

    /// <returns>The row after what became of a test of the court's own.</returns>
    public AgendaEntry WithTest(DrugTestEvent fact, RecordedEvent recorded)
    {
        var mark = Tests.FirstOrDefault(one => one.TestId == fact.TestId);
        if (mark is null && fact is not (DrugTestSelected or DrugTestCorrected { Outcome.Result: TestResult.Positive }))
            return this;
        // The day of a test that is long forgotten here is not in what corrects it; the day it was recorded keeps it in sight.
        mark ??= new TestMark(fact.TestId, (fact as DrugTestSelected)?.Day ?? DateOnly.FromDateTime(recorded.RecordedAt.UtcDateTime), CountsAs.Nothing, Known: false);
        mark = fact switch
        {
            DrugTestMissed e => mark.As(e.CountsAs),
            DrugTestRefused e => mark.As(e.CountsAs),
            DrugTestDilute e => mark.As(e.CountsAs),
            DrugTestAdulterated e => mark.As(e.CountsAs),
            DrugTestCollected { CountsAs: { } late } => mark.As(late) with { Known = false },
            DrugTestResultReported e => mark.With(e.Outcome),
            DrugTestConfirmed e => mark.With(e.Outcome),
            DrugTestCorrected { Outcome: { } outcome } => mark.With(outcome),
            DrugTestCorrected or DrugTestExcused => mark with { Counts = CountsAs.Nothing, Known = true },
            _ => mark,
        };
        var others = Tests.Where(one => one.TestId != fact.TestId);
        return this with
        {
            Tests = [.. (mark is { Known: true, Counts: CountsAs.Nothing } ? others : others.Append(mark)).OrderBy(one => one.Day).ThenBy(one => one.TestId).TakeLast(MostTests)],
        };
    }

    /// <summary>Only the last few closed hearings are kept: taking an older one back opens nothing that is still to come.</summary>
    private static List<FileEntry> Kept(List<FileEntry> facts)
    {
        var forgotten = facts.GroupBy(fact => fact.Subject)
            .Where(IsClosed)
            .OrderByDescending(hearing => hearing.Max(fact => fact.At)).ThenBy(hearing => hearing.Key)
            .Skip(ClosedHearings)
            .Select(hearing => hearing.Key)
            .ToHashSet();
        return [.. facts.Where(fact => !forgotten.Contains(fact.Subject))];
    }

    private static bool IsClosed(IEnumerable<FileEntry> hearing) =>
        hearing.Any(fact => fact.Kind is FileEntryKind.HearingHeld or FileEntryKind.HearingMissed);
}

/// <summary>A test that counts against the participant, or may.</summary>
/// <param name="Day">The local day of the test.</param>
/// <param name="Counts">What it counts as so far (R32).</param>
/// <param name="Known">Whether it is known what became of it.</param>
public sealed record TestMark(Guid TestId, DateOnly Day, CountsAs Counts, bool Known)
{
    /// <summary>What not giving a specimen, or one that tells nothing, counts as.</summary>
    internal TestMark As(CountsAs counts) => this with { Counts = counts, Known = true };

    /// <summary>A result: what was found counts; what was not leaves what the way it was given counts as.</summary>
    internal TestMark With(TestOutcome outcome) => this with
    {
        Counts = outcome.Result == TestResult.Positive ? CountsAs.Positive : Counts == CountsAs.Positive ? CountsAs.Nothing : Counts,
        Known = true,
    };
}
