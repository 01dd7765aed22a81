namespace CaseFlow.Domain.DrugTests;

/// <summary>
/// The court waits no longer for a result that will not come, or asks no more for what it ordered and nobody gave: what was drawn is drawn, and is not let go. Of a record whose content is erased it lets go of whatever is open: nothing of it can be told any
/// more, because a notice, a result and a confirmation are content. Told again it is done, whatever came since.
/// </summary>
/// <param name="IsErased">The content of the record is erased.</param>
public sealed record CloseTest(TestedBy Of, Guid TestId, TestClosure Reason, bool IsErased, When When)
{
    public static Decision<DrugTestEvent> Decide(CloseTest command, DrugTestingState state, DateTimeOffset now) => state.Find(command.TestId) switch
    {
        null => DrugTestRejections.NotFound(command.TestId),
        { AwaitsResult: false } test when test.Phase == TestPhase.Closed || !(IsLetGo(command, test) || (command.IsErased && test.IsOpen)) => Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestClosed>(
            fact => fact.TestId == command.TestId,
            (fact, _) => command.When.Says(fact, now) && fact.Reason == command.Reason,
            test.Phase == TestPhase.Closed ? RepeatRejections.RecordedDifferently() : DrugTestRejections.NothingAwaited()),
        _ when command.When.Check(now) is { } wrongTime => wrongTime,
        { } test when command.When.IsBefore(test.CollectedAt) => DrugTestRejections.BeforeCollection(),
        { } test when !command.IsErased && command.When.IsBefore(test.NotifiedAt) => DrugTestRejections.BeforeNotice(),
        _ when !command.IsErased && command.When.IsBefore(state.SelectedAt[command.TestId]) => DrugTestRejections.BeforeSelection(),
        _ => new DrugTestClosed(command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
        }.At(command.When),
    };

    private static bool IsLetGo(CloseTest command, DrugTest test) =>
        command.Reason == TestClosure.NotAsked && test.Selection != TestSelection.Random && test.Phase is TestPhase.Selected or TestPhase.Notified;
}
