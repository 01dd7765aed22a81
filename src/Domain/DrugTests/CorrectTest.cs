using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.DrugTests;

/// <summary>What is on record of a test is wrong; it stays in the record, and no longer counts (scenario 11, R65).</summary>
/// <param name="CorrectedEventId">What was wrong.</param>
/// <param name="Corrected">The event of that id in the test's stream; null when there is none.</param>
/// <param name="Outcome">The right result, when a result was wrong.</param>
public sealed record CorrectTest(
    TestedBy Of, Guid TestId, Guid CorrectedEventId, DrugTestEvent? Corrected, TestOutcome? Outcome, TestError Error, Sealed<string> Reason, When When)
{
    /// <summary>When it was ordered, where the time of an order was wrong.</summary>
    public When? Ordered { get; init; }

    /// <summary>When a result was reported or confirmed, where that time was wrong.</summary>
    public When? Reported { get; init; }

    /// <summary>When the participant was told, where that time was wrong.</summary>
    public When? Notified { get; init; }

    /// <summary>When the specimen was given, where that time was wrong.</summary>
    public When? Collected { get; init; }

    /// <summary>The jurisdiction's, which says on what day that was.</summary>
    public BusinessCalendar? Calendar { get; init; }

    /// <summary>Of the version that the test was selected under: they say until when a specimen is asked for, and what one that is late counts as (R31, R32).</summary>
    public TestRules? Rules { get; init; }

    /// <summary>The same was told of the test anew after it: what was told first was struck out, and is corrected no more.</summary>
    public bool IsToldAnew { get; init; }

    /// <summary>The event that says that the test was missed; null for none.</summary>
    public Guid? MissedEventId { get; init; }

    /// <summary>When the participation ended; null while it has not.</summary>
    public ResultTime? Over { get; init; }

    private When? Right => Reported ?? Notified ?? Collected ?? Ordered;

    public static Decision<DrugTestEvent> Decide(CorrectTest command, DrugTestingState state, DateTimeOffset now) =>
        InOrder(command, state, DecideAnew(command, state, now)).UnlessTold<DrugTestCorrected>(command.When, now, (fact, same) => Says(command, fact, same));

    /// <summary>Which statement it is about follows from the one that is named.</summary>
    private static bool Says(CorrectTest command, DrugTestCorrected fact, SameWords same) =>
        (fact.TestId, fact.CorrectedEventId, fact.Outcome, fact.Error) == (command.TestId, command.CorrectedEventId, command.Outcome, command.Error)
        && (fact.CorrectedOccurredAt, fact.CorrectedOccurredUntil) == (command.Right?.OccurredAt, command.Right == command.Ordered ? null : command.Right?.OccurredUntil) && same(command.Reason, fact.Reason);

    /// <summary>What is so already by another statement is no correction, and what another one says of why would be lost.</summary>
    /// <param name="corrected">Whether what is on record first was put right at all.</param>
    internal static Decision<DrugTestEvent> Stands(CorrectTest command, bool corrected, DateTimeOffset now) => Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestCorrected>(
        fact => (fact.TestId, fact.CorrectedEventId) == (command.TestId, command.CorrectedEventId), (fact, same) => command.When.Says(fact, now) && Says(command, fact, same), corrected ? RepeatRejections.RecordedDifferently() : DrugTestRejections.NothingCorrected());

    /// <summary>What was corrected is not corrected as of before that: it would be put aside unseen.</summary>
    private static Decision<DrugTestEvent> InOrder(CorrectTest command, DrugTestingState state, Decision<DrugTestEvent> decision) =>
        decision.Events.OfType<DrugTestCorrected>().Select(fact => state.CheckAfterLast(fact.TestId, fact.Corrects, command.When)).FirstOrDefault(no => no is not null) is { } tooEarly
            ? tooEarly
            : decision;

    private static Decision<DrugTestEvent> DecideAnew(CorrectTest command, DrugTestingState state, DateTimeOffset now)
    {
        if (state.Find(command.TestId) is not { } test)
            return DrugTestRejections.NotFound(command.TestId);
        if (command.Corrected is null || command.Corrected.TestId != command.TestId)
            return DrugTestRejections.EventUnknown(command.CorrectedEventId);
        if (command.Notified is not null || command.Collected is not null)
            return CorrectingTestTimes.DecideAnswer(command, state, test, now);
        if (StatementOf(command.Corrected, test) is not { } statement)
            return DrugTestRejections.NotCorrectable();
        if (command.IsToldAnew)
            return Stands(command, test.Corrected, now);
        if (command.Reported is { } reported)
            return CorrectingTestTimes.DecideReport(command, reported, statement, state, test, now);
        if ((CheckOutcome(statement, command) ?? command.When.Check(now)) is { } rejection)
            return rejection;
        if (statement == TestStatement.Ordered)
            return CorrectingTestTimes.DecideOrder(command, state, test, now);
        if (command.Ordered is not null)
            return DrugTestRejections.NoOrderCorrected();
        if (statement == TestStatement.Result ? test.Outcome == command.Outcome : !test.Against.ContainsKey(statement))
            return Stands(command, test.Corrected, now);
        // The confirmation is what counts by now: a late correction of the first report would put it aside unseen.
        if (command.Corrected is DrugTestResultReported && test.Confirmed)
            return DrugTestRejections.ConfirmedSince();
        // A result whose time was put right was known by then, not by what was entered first.
        var knownAt = state.ResultsOf(command.TestId).Of(command.Corrected)?.At ?? command.Corrected.OccurredAt;
        if (command.When.IsBefore(knownAt))
            return TimeRejections.BeforeWhatItFollows($"what is corrected, {knownAt:u}");
        return new DrugTestCorrected(command.CorrectedEventId, null, command.Outcome, command.Error, command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
            Corrects = statement,
        }.At(command.When);
    }

    private static TestStatement? StatementOf(DrugTestEvent fact, DrugTest test) => fact switch
    {
        DrugTestSelected { Selection: not TestSelection.Random } => TestStatement.Ordered,
        DrugTestResultReported or DrugTestConfirmed => TestStatement.Result,
        DrugTestMissed => TestStatement.Missed,
        DrugTestRefused => TestStatement.Refused,
        DrugTestCollected e when !e.WithinWindow || test.Against.ContainsKey(TestStatement.Late) => TestStatement.Late,
        DrugTestDilute => TestStatement.Dilute,
        DrugTestAdulterated => TestStatement.Adulterated,
        _ => null,
    };

    /// <summary>A report that was entered here by mistake is struck out: nobody knows the right one yet.</summary>
    private static Rejection? CheckOutcome(TestStatement statement, CorrectTest command) => (statement, command.Outcome) switch
    {
        (TestStatement.Result, null) when command is { Error: TestError.Entry, Corrected: DrugTestResultReported } => null,
        (TestStatement.Result, null) => DrugTestRejections.RightResultMissing(),
        (TestStatement.Result, { } right) => TestOutcomes.Check(right),
        (_, not null) => DrugTestRejections.NoResultCorrected(),
        _ => null,
    };
}
