namespace CaseFlow.Domain.Clients;

/// <summary>A client's record is opened, with a name or anonymously.</summary>
/// <param name="RegisteredByAgency">The agency that opens it.</param>
/// <param name="Name">Null for an anonymous client.</param>
public sealed record RegisterClient(Guid ClientId, RegistrationSource Source, string? RegisteredByAgency, ClientName? Name, When When)
{
    public static Decision<ClientEvent> Decide(RegisterClient command, ClientState state, DateTimeOffset now)
    {
        if (state.IsRegistered)
        {
            return command.Name is null || command.Name.Id(command.ClientId) == state.FirstNameId
                ? Decision<ClientEvent>.AlreadyDoneIf<ClientRegistered>((fact, _) => command.When.Says(fact, now) && fact.Source == command.Source, ClientRejections.RegisteredDifferently(command.ClientId))
                : ClientRejections.RegisteredDifferently(command.ClientId);
        }

        if ((command.When.Check(now) ?? command.Name?.Check()) is { } rejection)
            return rejection;

        List<ClientEvent> facts =
        [
            new ClientRegistered(ClientCode.Of(command.ClientId), command.Source, command.RegisteredByAgency, Anonymous: command.Name is null)
            {
                ClientId = command.ClientId,
            }.At(command.When),
        ];
        if (command.Name is { } name)
            facts.Add(name.Recorded(command.ClientId).At(command.When));
        return facts;
    }
}
