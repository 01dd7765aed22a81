namespace CaseFlow.Domain.Clients;

/// <summary>The identifier was linked by mistake.</summary>
public sealed record UnlinkExternalIdentifier(Guid ClientId, Guid IdentifierId, Sealed<string> Reason, When When)
{
    public static Decision<ClientEvent> Decide(UnlinkExternalIdentifier command, ClientState state, DateTimeOffset now)
    {
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.Identifiers.GetValueOrDefault(command.IdentifierId) is not { } identifier)
            return ClientRejections.IdentifierNotFound(command.IdentifierId);
        if (!identifier.IsLinked)
            return Decision<ClientEvent>.AlreadyDoneIf<ExternalIdentifierUnlinked>(fact => fact.IdentifierId == command.IdentifierId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason));

        return command.When.Check(now) is { } rejection
            ? rejection
            : new ExternalIdentifierUnlinked(command.IdentifierId, identifier.System, command.Reason) { ClientId = command.ClientId }
                .At(command.When);
    }
}
