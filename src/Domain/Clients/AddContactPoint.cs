namespace CaseFlow.Domain.Clients;

/// <summary>A number or address at which the client may be reached, and what the client said is safe there.</summary>
/// <param name="Fingerprint">Keyed, over the normalised value; computed at the edge.</param>
public sealed record AddContactPoint(
    Guid ClientId,
    ContactPointKind Kind,
    Sealed<string> Value,
    string Fingerprint,
    bool SafeToText,
    bool SafeToLeaveMessage,
    When When)
{
    /// <summary>The id that later flags and a removal name.</summary>
    public Guid ContactPointId => ValueId.Of(ClientId, $"contact-point/{Kind}", Fingerprint);

    public static Decision<ClientEvent> Decide(AddContactPoint command, ClientState state, DateTimeOffset now)
    {
        var id = command.ContactPointId;
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.ContactPoints.GetValueOrDefault(id) is { } known)
        {
            return (known.ToText, known.ToLeaveMessage) == (command.SafeToText, command.SafeToLeaveMessage)
                ? Decision<ClientEvent>.AlreadyDone
                : ClientRejections.ContactPointAddedDifferently();
        }

        if (string.IsNullOrWhiteSpace(command.Value.Plain()))
            return ClientRejections.ValueMissing("value");
        if (command is { SafeToText: true, Kind: not ContactPointKind.Phone })
            return ClientRejections.TextOnlyToPhone();
        if (command.When.Check(now) is { } rejection)
            return rejection;

        return new ContactPointAdded(id, command.Kind, command.Value, command.SafeToText, command.SafeToLeaveMessage)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
