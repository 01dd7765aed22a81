using System.Collections.Immutable;
using System.Diagnostics;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.DrugTests;

/// <summary>One test: how far it got, what it says and what it counts as. Views may fold it as it is.</summary>
/// <param name="Day">Local day that it is for.</param>
/// <param name="Selection">Why it is this day.</param>
/// <param name="CaughtUp">Drawn after the day was over.</param>
/// <param name="CourtVersion">Version of the court's configuration that its rules are from.</param>
/// <param name="Phase">How far it got.</param>
/// <param name="Specimen">What is to be given; null before the notice.</param>
/// <param name="NotifiedAt">UTC; null before the notice.</param>
/// <param name="CollectBy">End of the window, UTC; null before the notice.</param>
/// <param name="CollectedAt">UTC; null while there is no specimen.</param>
/// <param name="Outcome">What counts as its result: the confirmation's, or the corrected one; null while there is none.</param>
/// <param name="Against">What stands against the participant beside the result, and what it counts as.</param>
public sealed record DrugTest(
    Guid TestId,
    DateOnly Day,
    TestSelection Selection,
    bool CaughtUp,
    int CourtVersion,
    TestPhase Phase,
    Specimen? Specimen,
    DateTimeOffset? NotifiedAt,
    DateTimeOffset? CollectBy,
    DateTimeOffset? CollectedAt,
    TestOutcome? Outcome,
    ImmutableSortedDictionary<TestStatement, CountsAs> Against)
{
    /// <summary>
    /// Local day on which a specimen was given or refused, or the window ended; null before. What was recorded before the event kept that day counts
    /// by the day of the draw, or, of a test that nobody drew, by the UTC day of the answer, and never by one before the day it was ordered for.
    /// </summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>Last instant at which the specimen can have been given, UTC: from then the time to the result is counted. Null while there is none.</summary>
    public DateTimeOffset? CollectedUntil { get; init; }

    /// <summary>When the specimen was given, as exactly as that is known; null while there is none.</summary>
    internal ResultTime? Given => ResultTime.Between(CollectedAt, CollectedUntil);

    /// <summary>When a result was first reported, UTC; null while there is none.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>
    /// The day by which it counts (R32, R33, R40): a test that nobody drew may be taken long after the day that it was ordered for, and what
    /// the specimen shows is true of its own day.
    /// </summary>
    public DateOnly CountsOn => AnsweredOn ?? Day;

    /// <summary>What the participant contests, and what answers it; null while there is neither.</summary>
    public ResultDispute? Dispute { get; init; }

    /// <summary>The participant says that the result is wrong.</summary>
    public bool Contested => Dispute?.Contested is not null;

    /// <summary>That has had no answer: neither a confirmation nor a correction of the result came since.</summary>
    public bool ContestOpen => Dispute is { IsOpen: true };

    /// <summary>A confirmation came back.</summary>
    public bool Confirmed { get; init; }

    /// <summary>Something on record was wrong.</summary>
    public bool Corrected { get; init; }

    public bool Excused { get; init; }

    /// <summary>The court had ceased to wait before a result came.</summary>
    public bool WasClosed { get; init; }

    /// <summary>
    /// A specimen was given and nothing is known of it yet. A finding that counts for something is an answer; one that counts for nothing is none.
    /// </summary>
    public bool AwaitsResult => Phase == TestPhase.Collected
        && !Against.Any(one => one is { Key: TestStatement.Dilute or TestStatement.Adulterated, Value: not CountsAs.Nothing });

    /// <summary>Somebody was told and nobody said what came of it, or a specimen's result is awaited: such a test must not go out of sight.</summary>
    public bool IsUnderWay => Phase == TestPhase.Notified || AwaitsResult;

    /// <summary>Something is still to come, whatever the hour is: a notice, a specimen, a result, an answer to who contests it.</summary>
    public bool IsOpen => ContestOpen || IsUnderWay || this is { Phase: TestPhase.Selected, CaughtUp: false };

    /// <summary>
    /// It was drawn, and nobody told the participant on its day, or it was drawn after it: then it binds nobody. What nobody drew can be told later.
    /// </summary>
    /// <param name="today">The court's local day.</param>
    public bool IsUntold(DateOnly today) => Phase == TestPhase.Selected && (CaughtUp || (Selection == TestSelection.Random && Day < today));

    /// <summary>
    /// What the test counts as, all in all. A positive result counts whatever else there is; what stands against the participant counts
    /// more than a negative result, because a dilute specimen that shows nothing proves nothing.
    /// </summary>
    public TestStanding Standing => this switch
    {
        { Outcome.Result: TestResult.Positive } => TestStanding.Positive,
        _ when Against.ContainsValue(CountsAs.Positive) => TestStanding.Positive,
        _ when Against.ContainsValue(CountsAs.NonCompliance) => TestStanding.NonCompliance,
        { Outcome.Result: TestResult.Negative } => TestStanding.Negative,
        { Phase: TestPhase.Missed or TestPhase.Refused or TestPhase.Closed } or { Excused: true } => TestStanding.Excused,
        _ => TestStanding.Open,
    };

    /// <returns>The test as its selection leaves it.</returns>
    public static DrugTest Of(DrugTestSelected e) => new(
        e.TestId, e.Day, e.Selection, e.CaughtUp, e.CourtVersion, TestPhase.Selected, null, null, null, null, null,
        ImmutableSortedDictionary<TestStatement, CountsAs>.Empty);

    /// <returns>The test after what became of it: for views, which keep one test at a time.</returns>
    public DrugTest After(DrugTestEvent fact) => Evolve(this, fact);

    internal static DrugTest Evolve(DrugTest test, DrugTestEvent fact) => Apply(test, fact) with { Dispute = ResultDispute.After(test.Dispute, fact) };

    private static DrugTest Apply(DrugTest test, DrugTestEvent fact) => fact switch
    {
        DrugTestNotified e => test with
        {
            Phase = TestPhase.Notified,
            Specimen = e.Specimen,
            NotifiedAt = e.OccurredAt,
            CollectBy = e.CollectBy,
        },
        DrugTestCollected e => (e.CountsAs is { } late ? test.With(TestStatement.Late, late) : test) with
        {
            Phase = TestPhase.Collected,
            CollectedAt = e.OccurredAt,
            CollectedUntil = e.CountsFrom(),
            AnsweredOn = e.On ?? test.DayOf(e),
        },
        DrugTestMissed e => test.With(TestStatement.Missed, e.CountsAs) with { Phase = TestPhase.Missed, AnsweredOn = e.On ?? test.DayOf(e) },
        DrugTestRefused e => test.With(TestStatement.Refused, e.CountsAs) with { Phase = TestPhase.Refused, AnsweredOn = e.On ?? test.DayOf(e) },
        DrugTestDilute e => test.With(TestStatement.Dilute, e.CountsAs),
        DrugTestAdulterated e => test.With(TestStatement.Adulterated, e.CountsAs),
        DrugTestResultReported e => test with { Phase = TestPhase.Reported, Outcome = e.Outcome, ReportedAt = e.OccurredAt },
        // Told as of before the report, it is what is known by then: nothing is awaited any more.
        // What was corrected after it in time counts, also where the confirmation is entered last.
        DrugTestConfirmed e => test with { Phase = TestPhase.Reported, Outcome = ResultTime.Of(e).IsBefore(test.Dispute?.Corrected) ? test.Outcome : e.Outcome, Confirmed = true },
        // When it was ordered says nothing of what came of it.
        DrugTestCorrected { Corrects: TestStatement.Ordered } e => test with { Day = e.Day ?? test.Day },
        DrugTestCorrected { Corrects: TestStatement.Reported, CorrectedOccurredAt: { } right } => test with { ReportedAt = right },
        DrugTestContested => test,
        // Which of confirmation and correction came last is told by the time that it truly had.
        DrugTestCorrected { Corrects: TestStatement.Confirmed, CorrectedOccurredAt: { } right } e =>
            test with { Outcome = test.Dispute?.OutcomeOf(new ResultTime(right, e.CorrectedOccurredUntil)) ?? test.Outcome },
        DrugTestCorrected { Corrects: TestStatement.Notified, CorrectedOccurredAt: { } right } e => test.Judged(e) with { NotifiedAt = right, CollectBy = e.CollectBy },
        DrugTestCorrected { Corrects: TestStatement.Collected, CorrectedOccurredAt: { } right } e => test.Judged(e) with
        {
            CollectedAt = right,
            CollectedUntil = e.CorrectedOccurredUntil ?? right,
            AnsweredOn = e.On,
        },
        DrugTestCorrected { Corrects: TestStatement.WindowOver } e => test with { AnsweredOn = e.On },
        DrugTestCorrected { Outcome: { } right } => test with { Outcome = right, Corrected = true },
        DrugTestCorrected e => test.StruckOut(e.Corrects) with { Against = test.Against.Remove(e.Corrects), Corrected = true },
        DrugTestClosed => test.Outcome is null ? test with { Phase = TestPhase.Closed, WasClosed = true } : test,
        DrugTestExcused => test with { Against = test.Against.RemoveRange(Excusable), Excused = true },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(DrugTest)}."),
    };

    /// <summary>
    /// It was never missed, never refused, or the result is none of its: then it waits for what truly happened, as before that was told (R65). One that was excused, or closed, stays so.
    /// </summary>
    private DrugTest StruckOut(TestStatement statement) => (statement, Phase) switch
    {
        (TestStatement.Missed, TestPhase.Missed) or (TestStatement.Refused, TestPhase.Refused) when !Excused => this with { Phase = TestPhase.Notified, AnsweredOn = null },
        (TestStatement.Result, TestPhase.Reported) => this with { Phase = WasClosed ? TestPhase.Closed : TestPhase.Collected, Outcome = null, ReportedAt = null },
        _ => this,
    };

    /// <summary>What an excuse may lift: that the participant did not come, or came late.</summary>
    internal static IReadOnlyList<TestStatement> Excusable { get; } = [TestStatement.Missed, TestStatement.Refused, TestStatement.Late];

    /// <summary>
    /// The day of an answer whose event keeps none. A draw is answered on its day or in the hours after it. Of a test that nobody drew only the instant says
    /// when that was: by UTC it may be the next day where the court is, and no specimen was given weeks before it was.
    /// </summary>
    private DateOnly DayOf(DrugTestEvent answer)
    {
        var day = DateOnly.FromDateTime(answer.OccurredAt.UtcDateTime);
        return Selection == TestSelection.Random || day < Day ? Day : day;
    }

    /// <summary>By a right time the specimen was in time, or late, after all: as far as it was given at the moment asked about, and nobody excused it.</summary>
    private DrugTest Judged(DrugTestCorrected e) => (e.InTime, e.CountsAs) switch
    {
        (true, _) => this with { Against = Against.Remove(TestStatement.Late) },
        (false, { } late) when CollectedAt is not null && !Excused => With(TestStatement.Late, late),
        _ => this,
    };

    private DrugTest With(TestStatement statement, CountsAs counts) => this with { Against = Against.SetItem(statement, counts) };
}

public enum TestPhase
{
    Selected,
    Notified,
    Missed,
    Refused,
    Collected,
    Reported,

    /// <summary>Nothing more is awaited, and there is no result.</summary>
    Closed,
}

/// <summary>What a test counts as, all in all.</summary>
public enum TestStanding
{
    /// <summary>Nothing yet.</summary>
    Open,
    Negative,
    Positive,

    /// <summary>Not positive, and not as it should be (R32).</summary>
    NonCompliance,

    /// <summary>It was not taken, or nothing came of it, and that counts for nothing.</summary>
    Excused,
}
