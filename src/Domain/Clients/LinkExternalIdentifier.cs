namespace CaseFlow.Domain.Clients;

/// <summary>The client's number in another system; one that names a person belongs to one client only, of those who are not sealed.</summary>
/// <param name="Fingerprint">Keyed, over <see cref="ExternalIdentifier.Normalise"/> of the value; computed at the edge.</param>
public sealed record LinkExternalIdentifier(Guid ClientId, IdentifierSystem System, Sealed<string> Value, string Fingerprint, When When)
{
    /// <summary>The id that a later unlinking names.</summary>
    public Guid IdentifierId => ValueId.Of(ClientId, $"identifier/{System}", Fingerprint);

    /// <param name="command">What is asked.</param>
    /// <param name="state">The client.</param>
    /// <param name="holder">The client who has this identifier now; null when nobody has whom the actor may find by it.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ClientEvent> Decide(LinkExternalIdentifier command, ClientState state, Guid? holder, DateTimeOffset now)
    {
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.Identifiers.GetValueOrDefault(command.IdentifierId) is { IsLinked: true })
            return Decision<ClientEvent>.AlreadyDone;

        var value = ExternalIdentifier.Normalise(command.Value.Plain());
        if (!ExternalIdentifier.IsValid(value))
            return ClientRejections.IdentifierInvalid();
        if (holder is { } other && other != command.ClientId && ExternalIdentifier.NamesOnePerson(command.System))
            return ClientRejections.IdentifierOfAnotherClient();
        if (command.When.Check(now) is { } rejection)
            return rejection;

        return new ExternalIdentifierLinked(command.IdentifierId, command.System, Sealed<string>.Of(value))
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
