namespace CaseFlow.Domain.Clients;

/// <summary>The client is no longer to be reached there; told again later, it is added again.</summary>
public sealed record RemoveContactPoint(Guid ClientId, Guid ContactPointId, Sealed<string> Reason, When When)
{
    public static Decision<ClientEvent> Decide(RemoveContactPoint command, ClientState state, DateTimeOffset now)
    {
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (!state.ContactPoints.TryGetValue(command.ContactPointId, out var known))
            return ClientRejections.ContactPointNotFound(command.ContactPointId);
        if (known is null)
            return Decision<ClientEvent>.AlreadyDoneIf<ContactPointRemoved>(fact => fact.ContactPointId == command.ContactPointId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason));

        return command.When.Check(now) is { } rejection
            ? rejection
            : new ContactPointRemoved(command.ContactPointId, command.Reason) { ClientId = command.ClientId }.At(command.When);
    }
}
