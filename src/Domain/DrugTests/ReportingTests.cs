namespace CaseFlow.Domain.DrugTests;

/// <summary>The laboratory, or the device, says what it found.</summary>
public sealed record ReportTestResult(TestedBy Of, Guid TestId, TestOutcome Outcome, string Laboratory, When When)
{
    /// <summary>One that was struck out is not told again by being repeated.</summary>
    public static Decision<DrugTestEvent> Decide(ReportTestResult command, DrugTestingState state, DateTimeOffset now) => DecideAnew(command, state, now)
        .UnlessTold<DrugTestResultReported>(command.When, now, (fact, _) => (fact.TestId, fact.Outcome, fact.Laboratory) == (command.TestId, command.Outcome, command.Laboratory));

    private static Decision<DrugTestEvent> DecideAnew(ReportTestResult command, DrugTestingState state, DateTimeOffset now)
    {
        if (state.Find(command.TestId) is not { } test)
            return DrugTestRejections.NotFound(command.TestId);
        if (test.CollectedAt is not { } collectedAt)
            return DrugTestRejections.NotCollected();
        if (test.Phase == TestPhase.Reported)
            return Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestResultReported>(fact => fact.TestId == command.TestId, (fact, _) => command.When.Says(fact, now) && (fact.Outcome, fact.Laboratory) == (command.Outcome, command.Laboratory), DrugTestRejections.AlreadyReported());
        if ((TestOutcomes.Check(command.Outcome) ?? command.When.Check(now)) is { } rejection)
            return rejection;
        if (command.When.IsBefore(collectedAt))
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
        if (command.When.IsBefore(test.ReportedAt))
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
        if (command.When.IsBefore(test.CollectedAt))
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
