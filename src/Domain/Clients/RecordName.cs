namespace CaseFlow.Domain.Clients;

/// <summary>The client gave a name, or another one than before; this ends anonymity.</summary>
public sealed record RecordName(Guid ClientId, ClientName Name, When When)
{
    public static Decision<ClientEvent> Decide(RecordName command, ClientState state, DateTimeOffset now)
    {
        if (!state.IsRegistered)
            return ClientRejections.NotFound(command.ClientId);
        if (state.NameId == command.Name.Id(command.ClientId))
            return Decision<ClientEvent>.AlreadyDone;

        return (command.When.Check(now) ?? command.Name.Check()) is { } rejection
            ? rejection
            : command.Name.Recorded(command.ClientId).At(command.When);
    }
}
