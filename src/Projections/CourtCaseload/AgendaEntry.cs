using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Projections.CourtCaseload;

/// <summary>A participant's hearings to come and tests to talk about.</summary>
/// <param name="AgencyId">The agency that the court is.</param>
/// <param name="Ends">Entries that ended the participation; one that is retracted is not among them.</param>
/// <param name="Hearings">Entries of hearings, as far as they are kept (<see cref="AgendaMemory"/>).</param>
/// <param name="Tests">The court's own tests, as far as they are kept (<see cref="AgendaMemory"/>).</param>
public sealed record AgendaEntry(
    Guid ParticipationId, string Court, string? AgencyId, IReadOnlyList<Guid> Ends, IReadOnlyList<FileEntry> Hearings, IReadOnlyList<DrugTest> Tests)
{
    /// <summary>First local day of the draws that the participant takes part in; null while they take part in none (R31).</summary>
    public DateOnly? DrawnFrom { get; init; }

    /// <summary>Since when it is known how tests stand that count against the participant, or that were corrected: it may be long after their day.</summary>
    public IReadOnlyList<TestNews> News { get; init; } = [];

    public bool IsOpen => Ends.Count == 0;

    /// <summary>
    /// When the hearings are that were neither held nor missed, the earliest first, UTC. One in the past lacks its outcome, and hides none to come:
    /// which of them is next depends on the instant asked about, so all of them are kept.
    /// </summary>
    public IEnumerable<DateTimeOffset> OpenHearings => Hearings
        .GroupBy(fact => fact.Subject)
        .Where(hearing => !IsClosed(hearing))
        .Select(hearing => hearing.LastOrDefault(fact => fact.Kind is FileEntryKind.HearingScheduled or FileEntryKind.HearingContinued)?.At)
        .OfType<DateTimeOffset>()
        .Order();

    /// <summary>The local day of the last hearing held.</summary>
    public DateOnly? LastHeldOn => Hearings.Where(fact => fact.Kind == FileEntryKind.HearingHeld).Max(fact => (DateOnly?)fact.On);

    /// <returns>The day by which the last test counts that stands so; null for none.</returns>
    public DateOnly? LastOn(TestStanding standing) => Tests.Where(test => test.Standing == standing).Max(test => (DateOnly?)test.CountsOn);

    /// <summary>
    /// When it became known of the tests that stand so, the earliest first, UTC: only what can keep one in sight for longer than the day by which the last counts. A local day
    /// may be one later than that of UTC.
    /// </summary>
    public IEnumerable<DateTimeOffset> KnownOf(TestStanding standing) => LastOn(standing) is not { } last
        ? []
        : Tests.Where(test => test.Standing == standing).SelectMany(test => NewsOf(test.TestId).Times(test))
            .Where(known => DateOnly.FromDateTime(known.UtcDateTime) >= last)
            .Distinct().Order();

    /// <summary>The day by which the first negative test counts; null for none.</summary>
    public DateOnly? FirstNegativeOn => Tests.Where(test => test.Standing == TestStanding.Negative).Min(test => (DateOnly?)test.CountsOn);

    /// <summary>Ends of the windows of those who were told and of whom nobody said what came of it, the earliest first, UTC.</summary>
    public IEnumerable<DateTimeOffset> WindowEnds =>
        Tests.Where(test => test.Phase == TestPhase.Notified).Select(test => test.CollectBy).OfType<DateTimeOffset>().Order();

    /// <summary>Specimens that were given and of which nothing is known yet.</summary>
    public IEnumerable<AwaitedResult> ResultsAwaited => Tests.Where(test => test is { AwaitsResult: true, CollectedUntil: not null })
        .Select(test => new AwaitedResult(test.CollectedUntil!.Value, test.CourtVersion))
        .OrderBy(result => result.CollectedUntil).ThenBy(result => result.CourtVersion);

    /// <returns>The row after an entry of the court's.</returns>
    public static AgendaEntry? Evolve(AgendaEntry? row, ParticipationEvent fact, RecordedEvent recorded, AgendaMemory? memory = null)
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
            ? entry with { Hearings = (memory ?? AgendaMemory.OfARow).Kept([.. entry.Hearings.Where(one => one.EntryId != told.EntryId), told]) }
            : entry;
    }

    /// <returns>The row after the participant was put into the court's draws, or taken out of them.</returns>
    public AgendaEntry WithDraws(TestingRosterEvent fact) => this with { DrawnFrom = (fact as RandomTestingStarted)?.FirstDay };

    /// <returns>The row after what became of a test of the court's own.</returns>
    public AgendaEntry WithTest(DrugTestEvent fact, RecordedEvent recorded, AgendaMemory? memory = null)
    {
        var known = Tests.FirstOrDefault(one => one.TestId == fact.TestId);
        var before = known ?? Forgotten(fact, recorded);
        var next = fact is DrugTestSelected selected ? DrugTest.Of(selected) : before.After(fact);
        if (known is null && fact is not DrugTestSelected && !next.IsUnderWay && !AgendaMemory.Counts(next))
            return this;
        // Nothing is known later than it is recorded; clocks may differ.
        var news = NewsOf(fact.TestId).After(before, next, fact, recorded);
        if (news.StandsSince > recorded.RecordedAt)
            news = news with { StandsSince = recorded.RecordedAt };
        return (this with
        {
            Tests = [.. Tests.Where(one => one.TestId != fact.TestId), next],
            News = [.. News.Where(one => one.TestId != fact.TestId), new TestNews(fact.TestId, news)],
        }).Keeping(memory ?? AgendaMemory.OfARow);
    }

    /// <returns>The row with as many tests as a memory keeps, and what is kept of each.</returns>
    internal AgendaEntry Keeping(AgendaMemory memory)
    {
        var tests = memory.Kept(Tests, NewsOf);
        var told = tests.Where(test => AgendaMemory.Counts(test) || NewsOf(test.TestId).CorrectedAt is not null).Select(test => test.TestId).ToHashSet();
        return this with { Tests = tests, News = [.. News.Where(one => told.Contains(one.TestId))] };
    }

    private TestKnown NewsOf(Guid testId) => News.FirstOrDefault(one => one.TestId == testId)?.Known ?? TestKnown.Nothing;

    /// <summary>Where what is said of a test counts before its selection does, the day is not known yet; that of the entry keeps it in sight.</summary>
    private static DrugTest Forgotten(DrugTestEvent fact, RecordedEvent recorded) => DrugTest.Of(
        new DrugTestSelected(DateOnly.FromDateTime(recorded.RecordedAt.UtcDateTime), TestSelection.Random, CaughtUp: false, CourtVersion: 0, Reason: null)
        {
            ParticipationId = fact.ParticipationId,
            ClientId = fact.ClientId,
            Court = fact.Court,
            TestId = fact.TestId,
        });

    internal static bool IsClosed(IEnumerable<FileEntry> hearing) =>
        hearing.Any(fact => fact.Kind is FileEntryKind.HearingHeld or FileEntryKind.HearingMissed);
}

/// <summary>Since when it is known how a test stands.</summary>
public sealed record TestNews(Guid TestId, TestKnown Known);
