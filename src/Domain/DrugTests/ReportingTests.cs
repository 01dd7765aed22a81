using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.DrugTests;

/// <summary>The laboratory, or the device, says what it found.</summary>
public sealed record ReportTestResult(TestedBy Of, Guid TestId, TestOutcome Outcome, string Laboratory, When When)
{
    public static Decision<DrugTestEvent> Decide(ReportTestResult command, DrugTestingState state, DateTimeOffset now)
    {
        if (state.Find(command.TestId) is not { } test)
            return DrugTestRejections.NotFound(command.TestId);
        if (test.CollectedAt is not { } collectedAt)
            return DrugTestRejections.NotCollected();
        if (test.Phase == TestPhase.Reported)
            return Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestResultReported>(fact => fact.TestId == command.TestId, (fact, _) => command.When.Says(fact, now) && (fact.Outcome, fact.Laboratory) == (command.Outcome, command.Laboratory), DrugTestRejections.AlreadyReported());
        if ((TestOutcomes.Check(command.Outcome) ?? command.When.Check(now)) is { } rejection)
            return rejection;
        if (command.When.Latest < collectedAt)
            return DrugTestRejections.BeforeCollection();
        return new DrugTestResultReported(command.Outcome, command.Laboratory)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
        }.At(command.When);
    }
}

/// <summary>
/// The participant says that the result is wrong. What came since, a confirmation or a correction, is another result: it can be contested too.
/// </summary>
public sealed record ContestResult(TestedBy Of, Guid TestId, Sealed<string>? Words, When When)
{
    public static Decision<DrugTestEvent> Decide(ContestResult command, DrugTestingState state, DateTimeOffset now) => DecideAnew(command, state, now)
        .UnlessTold<DrugTestContested>(command.When, now, (fact, same) => fact.TestId == command.TestId && same(command.Words, fact.Words));

    private static Decision<DrugTestEvent> DecideAnew(ContestResult command, DrugTestingState state, DateTimeOffset now)
    {
        if (state.Find(command.TestId) is not { } test)
            return DrugTestRejections.NotFound(command.TestId);
        if (test.Outcome is null)
            return DrugTestRejections.NoResult();
        if (test.ContestOpen)
            return Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestContested>(fact => fact.TestId == command.TestId, (fact, same) => command.When.Says(fact, now) && same(command.Words, fact.Words));
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        if (command.When.Latest < test.ReportedAt)
            return DrugTestRejections.BeforeResult();
        return new DrugTestContested(command.Words)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
        }.At(command.When);
    }
}

/// <summary>The confirmation says what counts from then on.</summary>
public sealed record ConfirmResult(TestedBy Of, Guid TestId, TestOutcome Outcome, string Laboratory, When When)
{
    public static Decision<DrugTestEvent> Decide(ConfirmResult command, DrugTestingState state, DateTimeOffset now)
    {
        if (state.Find(command.TestId) is not { } test)
            return DrugTestRejections.NotFound(command.TestId);
        if (test.Outcome is null)
            return DrugTestRejections.NoResult();
        if (test.Confirmed)
            return Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestConfirmed>(fact => fact.TestId == command.TestId, (fact, _) => command.When.Says(fact, now) && (fact.Outcome, fact.Laboratory) == (command.Outcome, command.Laboratory), DrugTestRejections.AlreadyConfirmed());
        if ((TestOutcomes.Check(command.Outcome) ?? command.When.Check(now)) is { } rejection)
            return rejection;
        if (command.When.Latest < test.CollectedAt)
            return DrugTestRejections.BeforeCollection();
        return new DrugTestConfirmed(command.Outcome, command.Laboratory)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
        }.At(command.When);
    }
}

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

    /// <summary>The jurisdiction's, which says on what day that was.</summary>
    public BusinessCalendar? Calendar { get; init; }

    public static Decision<DrugTestEvent> Decide(CorrectTest command, DrugTestingState state, DateTimeOffset now) =>
        DecideAnew(command, state, now).UnlessTold<DrugTestCorrected>(command.When, now, (fact, same) => Says(command, fact, same));

    /// <summary>Which statement it is about follows from the one that is named.</summary>
    private static bool Says(CorrectTest command, DrugTestCorrected fact, SameWords same) =>
        (fact.TestId, fact.CorrectedEventId, fact.Outcome, fact.Error) == (command.TestId, command.CorrectedEventId, command.Outcome, command.Error)
        && (fact.CorrectedOccurredAt, fact.CorrectedOccurredUntil) == ((command.Reported ?? command.Ordered)?.OccurredAt, command.Reported?.OccurredUntil) && same(command.Reason, fact.Reason);

    /// <summary>What is so already by another statement is no correction, and what another one says of why would be lost.</summary>
    /// <param name="corrected">Whether what is on record first was put right at all.</param>
    private static Decision<DrugTestEvent> Stands(CorrectTest command, bool corrected, DateTimeOffset now) => Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestCorrected>(
        fact => (fact.TestId, fact.CorrectedEventId) == (command.TestId, command.CorrectedEventId), (fact, same) => command.When.Says(fact, now) && Says(command, fact, same), corrected ? RepeatRejections.RecordedDifferently() : DrugTestRejections.NothingCorrected());

    private static Decision<DrugTestEvent> DecideAnew(CorrectTest command, DrugTestingState state, DateTimeOffset now)
    {
        if (state.Find(command.TestId) is not { } test)
            return DrugTestRejections.NotFound(command.TestId);
        if (command.Corrected is null || command.Corrected.TestId != command.TestId)
            return DrugTestRejections.EventUnknown(command.CorrectedEventId);
        if (StatementOf(command.Corrected) is not { } statement)
            return DrugTestRejections.NotCorrectable();
        if (command.Reported is { } reported)
            return DecideReport(command, reported, statement, state, test, now);
        if ((CheckOutcome(statement, command.Outcome) ?? command.When.Check(now)) is { } rejection)
            return rejection;
        if (statement == TestStatement.Ordered)
            return DecideOrder(command, state, test, now);
        if (command.Ordered is not null)
            return DrugTestRejections.NoOrderCorrected();
        if (statement == TestStatement.Result ? test.Outcome == command.Outcome : !test.Against.ContainsKey(statement))
            return Stands(command, test.Corrected, now);
        // The confirmation is what counts by now: a late correction of the first report would put it aside unseen.
        if (command.Corrected is DrugTestResultReported && test.Confirmed)
            return DrugTestRejections.ConfirmedSince();
        // A result whose time was put right was known by then, not by what was entered first.
        var knownAt = state.ResultsOf(command.TestId).Of(command.Corrected)?.At ?? command.Corrected.OccurredAt;
        if (command.When.Latest < knownAt)
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

    /// <summary>
    /// Entered after the notice, an order would leave the test without one (<see cref="NotifyOfTest"/>): put right, the test stands as if the order had been
    /// entered when it was given. The day that was that of the entry becomes that of the order; one that was stated stays.
    /// </summary>
    private static Decision<DrugTestEvent> DecideOrder(CorrectTest command, DrugTestingState state, DrugTest test, DateTimeOffset now)
    {
        if (command is not { Ordered: { } right, Calendar: { } calendar })
            return DrugTestRejections.OrderTimeMissing();
        if (state.SelectedAt[command.TestId] == right.OccurredAt)
            return Stands(command, command.Corrected!.OccurredAt != right.OccurredAt, now);
        if ((right.Check(now) ?? command.Of.Death?.CheckDone(right.OccurredAt)) is { } rejection)
            return rejection;
        var on = calendar.LocalDate(right.OccurredAt);
        if (on < command.Of.AdmittedOn)
            return DrugTestRejections.BeforeAdmission() with { Field = "ordered" };
        if (test.NotifiedAt < right.OccurredAt)
            return DrugTestRejections.OrderedAfterNotice();
        return new DrugTestCorrected(command.CorrectedEventId, right.OccurredAt, null, command.Error, command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
            Corrects = TestStatement.Ordered,
            Day = test.Day == calendar.LocalDate(state.SelectedAt[command.TestId]) && test.Day != on ? on : null,
        }.At(command.When);
    }

    /// <summary>What was found stays as it is, and a dispute open; only when that was known moves, for every moment asked about.</summary>
    private static Decision<DrugTestEvent> DecideReport(CorrectTest command, When right, TestStatement statement, DrugTestingState state, DrugTest test, DateTimeOffset now)
    {
        if (statement != TestStatement.Result)
            return DrugTestRejections.NoResultTimeCorrected();
        if (command.Outcome is not null || command.Ordered is not null)
            return DrugTestRejections.ResultAndTime();
        var times = state.ResultsOf(command.TestId);
        var isReport = command.Corrected is DrugTestResultReported;
        if (times.Of(command.Corrected!) == new ResultTime(right.OccurredAt, right.OccurredUntil))
            return Stands(command, command.Corrected!.OccurredAt != right.OccurredAt, now);
        if ((right.Check(now) ?? command.When.Check(now)) is { } wrongTime)
            return wrongTime;
        if (right.Latest < test.CollectedAt)
            return DrugTestRejections.BeforeCollection() with { Field = "reported" };
        if ((isReport ? times.ReportDoubtedBy : times.ConfirmationDoubtedBy) < right.OccurredAt)
            return DrugTestRejections.ReportedAfterDoubt();
        if (command.When.Latest < right.OccurredAt)
            return TimeRejections.BeforeWhatItFollows($"what is corrected, {right.OccurredAt:u}");
        return new DrugTestCorrected(command.CorrectedEventId, right.OccurredAt, null, command.Error, command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
            Corrects = isReport ? TestStatement.Reported : TestStatement.Confirmed,
            CorrectedOccurredUntil = right.OccurredUntil,
        }.At(command.When);
    }

    private static TestStatement? StatementOf(DrugTestEvent fact) => fact switch
    {
        DrugTestSelected { Selection: not TestSelection.Random } => TestStatement.Ordered,
        DrugTestResultReported or DrugTestConfirmed => TestStatement.Result,
        DrugTestMissed => TestStatement.Missed,
        DrugTestRefused => TestStatement.Refused,
        DrugTestCollected { WithinWindow: false } => TestStatement.Late,
        DrugTestDilute => TestStatement.Dilute,
        DrugTestAdulterated => TestStatement.Adulterated,
        _ => null,
    };

    private static Rejection? CheckOutcome(TestStatement statement, TestOutcome? outcome) => (statement, outcome) switch
    {
        (TestStatement.Result, null) => DrugTestRejections.RightResultMissing(),
        (TestStatement.Result, { } right) => TestOutcomes.Check(right),
        (_, not null) => DrugTestRejections.NoResultCorrected(),
        _ => null,
    };
}

internal static class TestOutcomes
{
    private const int MostSubstances = 30;

    /// <returns>What is wrong with an outcome, or null: it names substances exactly when it is positive.</returns>
    public static Rejection? Check(TestOutcome outcome) =>
        (outcome.Result == TestResult.Positive) == (outcome.Substances.Count > 0)
        && outcome.Substances.Count <= MostSubstances && outcome.Substances.Distinct().Count() == outcome.Substances.Count && outcome.Substances.All(Slug.IsValid)
            ? null
            : DrugTestRejections.OutcomeContradicts();
}
