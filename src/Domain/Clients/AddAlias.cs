namespace CaseFlow.Domain.Clients;

/// <summary>Another name that the client goes by.</summary>
/// <param name="Fingerprint">Keyed, over the normalised alias; computed at the edge.</param>
public sealed record AddAlias(Guid ClientId, Sealed<string> Alias, string Fingerprint, When When)
{
    public static Decision<ClientEvent> Decide(AddAlias command, ClientState state, DateTimeOffset now)
    {
        var aliasId = ValueId.Of(command.ClientId, "alias", command.Fingerprint);
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.Aliases.Contains(aliasId))
            return Decision<ClientEvent>.AlreadyDone;
        if (string.IsNullOrWhiteSpace(command.Alias.Plain()))
            return ClientRejections.ValueMissing("alias");

        return command.When.Check(now) is { } rejection
            ? rejection
            : new AliasAdded(command.Alias) { ClientId = command.ClientId, AliasId = aliasId }.At(command.When);
    }
}
