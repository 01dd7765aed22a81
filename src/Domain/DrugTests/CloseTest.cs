namespace CaseFlow.Domain.DrugTests;

/// <summary>
/// The court waits no longer for a result that will not come. Of a record whose content is erased it lets go of whatever is open: nothing of it can be told any
/// more, because a notice, a result and a confirmation are content. Told again it is done, whatever came since.
/// </summary>
/// <param name="IsErased">The content of the record is erased.</param>
public sealed record CloseTest(TestedBy Of, Guid TestId, TestClosure Reason, bool IsErased, When When)
{
    public static Decision<DrugTestEvent> Decide(CloseTest command, DrugTestingState state, DateTimeOffset now) => state.Find(command.TestId) switch
    {
        null => DrugTestRejections.NotFound(command.TestId),
        { AwaitsResult: false } test when test.Phase == TestPhase.Closed || !(command.IsErased && test.IsOpen) => Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestClosed>(
            fact => fact.TestId == command.TestId,
            (fact, _) => command.When.Says(fact, now) && fact.Reason == command.Reason,
            test.Phase == TestPhase.Closed ? RepeatRejections.RecordedDifferently() : DrugTestRejections.NothingAwaited()),
        _ when command.When.Check(now) is { } wrongTime => wrongTime,
        { } test when command.When.IsBefore(test.CollectedAt) => DrugTestRejections.BeforeCollection(),
        _ => new DrugTestClosed(command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
        }.At(command.When),
    };
}
