using System.Collections.Immutable;
using System.Diagnostics;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.DrugTests;

/// <summary>The drug tests of one participation.</summary>
/// <param name="Court">Null before the first test.</param>
/// <param name="Tests">By id.</param>
public sealed record DrugTestingState(Guid ClientId, string? Court, ImmutableDictionary<Guid, DrugTest> Tests)
{
    public static readonly DrugTestingState Initial = new(default, null, ImmutableDictionary<Guid, DrugTest>.Empty);

    /// <returns>The test, or null when there is none.</returns>
    public DrugTest? Find(Guid testId) => Tests.GetValueOrDefault(testId);

    /// <summary>Local days of the tests that count as positive, as they stand: by what the court counts, and by corrections and excuses (R32).</summary>
    public IEnumerable<DateOnly> PositiveDays => Tests.Values.Where(test => test.Standing == TestStanding.Positive).Select(test => test.CountsOn);

    public static DrugTestingState Evolve(DrugTestingState state, DrugTestEvent fact) => fact switch
    {
        DrugTestSelected e => new(e.ClientId, e.Court, state.Tests.SetItem(e.TestId, DrugTest.Of(e))),
        _ => state with { Tests = state.Tests.SetItem(fact.TestId, DrugTest.Evolve(state.Tests[fact.TestId], fact)) },
    };
}

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
    /// <summary>Local day on which a specimen was given or refused, or the window ended; null before, and where only the instant was recorded.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>
    /// The day by which it counts (R32, R33, R40): a test that nobody drew may be taken long after the day that it was ordered for, and what
    /// the specimen shows is true of its own day.
    /// </summary>
    public DateOnly CountsOn => AnsweredOn ?? Day;

    /// <summary>The participant says that the result is wrong.</summary>
    public bool Contested { get; init; }

    /// <summary>A confirmation came back.</summary>
    public bool Confirmed { get; init; }

    /// <summary>Something on record was wrong.</summary>
    public bool Corrected { get; init; }

    public bool Excused { get; init; }

    /// <summary>
    /// It was never missed, or never refused: that was corrected, and nobody excused it. What truly happened can then still be recorded (R65).
    /// </summary>
    public bool IsStruckOut => Corrected && !Excused && (
        (Phase == TestPhase.Missed && !Against.ContainsKey(TestStatement.Missed))
        || (Phase == TestPhase.Refused && !Against.ContainsKey(TestStatement.Refused)));

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
        { Phase: TestPhase.Missed or TestPhase.Refused } or { Excused: true } => TestStanding.Excused,
        _ => TestStanding.Open,
    };

    /// <returns>The test as its selection leaves it.</returns>
    public static DrugTest Of(DrugTestSelected e) => new(
        e.TestId, e.Day, e.Selection, e.CaughtUp, e.CourtVersion, TestPhase.Selected, null, null, null, null, null,
        ImmutableSortedDictionary<TestStatement, CountsAs>.Empty);

    /// <returns>The test after what became of it: for views, which keep one test at a time.</returns>
    public DrugTest After(DrugTestEvent fact) => Evolve(this, fact);

    internal static DrugTest Evolve(DrugTest test, DrugTestEvent fact) => fact switch
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
            AnsweredOn = e.On,
        },
        DrugTestMissed e => test.With(TestStatement.Missed, e.CountsAs) with { Phase = TestPhase.Missed, AnsweredOn = e.On },
        DrugTestRefused e => test.With(TestStatement.Refused, e.CountsAs) with { Phase = TestPhase.Refused, AnsweredOn = e.On },
        DrugTestDilute e => test.With(TestStatement.Dilute, e.CountsAs),
        DrugTestAdulterated e => test.With(TestStatement.Adulterated, e.CountsAs),
        DrugTestResultReported e => test with { Phase = TestPhase.Reported, Outcome = e.Outcome },
        DrugTestContested => test with { Contested = true },
        DrugTestConfirmed e => test with { Outcome = e.Outcome, Confirmed = true },
        DrugTestCorrected { Outcome: { } right } => test with { Outcome = right, Corrected = true },
        DrugTestCorrected e => test with { Against = test.Against.Remove(e.Corrects), Corrected = true },
        DrugTestExcused => test with { Against = test.Against.RemoveRange(Excusable), Excused = true },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(DrugTest)}."),
    };

    /// <summary>What an excuse may lift: that the participant did not come, or came late.</summary>
    internal static IReadOnlyList<TestStatement> Excusable { get; } = [TestStatement.Missed, TestStatement.Refused, TestStatement.Late];

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

    /// <summary>It was not taken, and that counts for nothing.</summary>
    Excused,
}
