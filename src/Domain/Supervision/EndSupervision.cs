namespace CaseFlow.Domain.Supervision;

/// <summary>The client is no longer under supervision; it can start again later.</summary>
public sealed record EndSupervision(Guid ClientId, SupervisionEndReason Reason, When When)
{
    public static Decision<SupervisionEvent> Decide(EndSupervision command, SupervisionState state, DateTimeOffset now) => state.Phase switch
    {
        SupervisionPhase.Ended => Decision<SupervisionEvent>.AlreadyDoneIf<SupervisionEnded>((fact, _) => command.When.Says(fact, now) && fact.Reason == command.Reason),
        SupervisionPhase.NeverSupervised => SupervisionRejections.NotUnderSupervision(),
        _ when command.When.Check(now) is { } rejection => rejection,
        _ when command.When.IsBefore(state.StartedAt) => SupervisionRejections.ChangesBeforeStart(),
        _ => new SupervisionEnded(command.Reason) { ClientId = command.ClientId }.At(command.When),
    };
}
