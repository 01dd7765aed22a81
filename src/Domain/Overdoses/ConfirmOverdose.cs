namespace CaseFlow.Domain.Overdoses;

/// <summary>A suspected overdose is confirmed.</summary>
public sealed record ConfirmOverdose(Guid OverdoseId, ConfirmedBy By, When When)
{
    public static Decision<OverdoseEvent> Decide(ConfirmOverdose command, OverdoseState state, DateTimeOffset now) => state switch
    {
        { Reported: false } => OverdoseRejections.NotFound(command.OverdoseId),
        { ConfirmedSince: true } => Decision<OverdoseEvent>.AlreadyDoneIf<OverdoseConfirmed>((fact, _) => command.When.Says(fact, now) && fact.By == command.By),
        _ when command.When.Check(now) is { } rejection => rejection,
        _ => new OverdoseConfirmed(command.By) { OverdoseId = command.OverdoseId, ClientId = state.ClientId }.At(command.When),
    };
}
