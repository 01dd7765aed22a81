using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.DrugTests;

/// <summary>The specimen was too dilute, or tampered with (R32).</summary>
/// <param name="Finding"><see cref="TestStatement.Dilute"/> or <see cref="TestStatement.Adulterated"/>.</param>
public sealed record FlagSpecimen(TestedBy Of, Guid TestId, TestStatement Finding, TestRules Rules, When When)
{
    public static Decision<DrugTestEvent> Decide(FlagSpecimen command, DrugTestingState state, DateTimeOffset now) =>
        DecideAnew(command, state, now).UnlessTold<DrugTestEvent>(command.When, now, (fact, _) => Says(command, fact));

    private static bool Says(FlagSpecimen command, DrugTestEvent fact) => fact.TestId == command.TestId && fact switch
    {
        DrugTestDilute => command.Finding == TestStatement.Dilute,
        DrugTestAdulterated => command.Finding == TestStatement.Adulterated,
        _ => false,
    };

    private static Decision<DrugTestEvent> DecideAnew(FlagSpecimen command, DrugTestingState state, DateTimeOffset now)
    {
        if (state.Find(command.TestId) is not { } test)
            return DrugTestRejections.NotFound(command.TestId);
        if (test.CollectedAt is null)
            return DrugTestRejections.NotCollected();
        if (test.Against.ContainsKey(command.Finding))
            return RepeatRejections.RecordedDifferently();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        if (command.When.IsBefore(test.CollectedAt))
            return DrugTestRejections.BeforeCollection();
        DrugTestEvent fact = command.Finding == TestStatement.Dilute
            ? new DrugTestDilute(command.Rules.Dilute) { ParticipationId = command.Of.ParticipationId, ClientId = command.Of.ClientId, Court = command.Of.Court, TestId = command.TestId }
            : new DrugTestAdulterated(command.Rules.Adulterated) { ParticipationId = command.Of.ParticipationId, ClientId = command.Of.ClientId, Court = command.Of.Court, TestId = command.TestId };
        return fact.At(command.When);
    }
}
