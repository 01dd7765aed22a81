namespace CaseFlow.Domain.Clients;

/// <summary>The client says what is safe at a contact point from now on.</summary>
public sealed record FlagContactPoint(Guid ClientId, Guid ContactPointId, bool SafeToText, bool SafeToLeaveMessage, When When)
{
    public static Decision<ClientEvent> Decide(FlagContactPoint command, ClientState state, DateTimeOffset now)
    {
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.ContactPoints.GetValueOrDefault(command.ContactPointId) is not { } known)
            return ClientRejections.ContactPointNotFound(command.ContactPointId);
        if ((known.ToText, known.ToLeaveMessage) == (command.SafeToText, command.SafeToLeaveMessage))
            return Decision<ClientEvent>.AlreadyDone;
        if (command.SafeToText && known.Kind != ContactPointKind.Phone)
            return ClientRejections.TextOnlyToPhone();
        if (command.When.Check(now) is { } rejection)
            return rejection;

        return new ContactPointSafetyFlagged(command.ContactPointId, command.SafeToText, command.SafeToLeaveMessage)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
