namespace CaseFlow.Domain.Clients;

/// <summary>The client lives; the death was recorded by mistake.</summary>
/// <param name="CorrectedEventId">The event that recorded it.</param>
public sealed record RetractDeath(Guid ClientId, Guid CorrectedEventId, Sealed<string> Reason, When When)
{
    public static Decision<ClientEvent> Decide(RetractDeath command, ClientState state, DateTimeOffset now)
    {
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.Death is null)
            return state.DeathRetracted ? Decision<ClientEvent>.AlreadyDoneIf<ClientDeathRetracted>((fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason)) : ClientRejections.NoDeathRecorded();
        if (string.IsNullOrWhiteSpace(command.Reason.Plain()))
            return ClientRejections.ValueMissing("reason");

        return command.When.Check(now) is { } rejection
            ? rejection
            : new ClientDeathRetracted(command.CorrectedEventId, command.Reason) { ClientId = command.ClientId }.At(command.When);
    }
}
