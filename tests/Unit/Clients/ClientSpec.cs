using CaseFlow.Domain;
using CaseFlow.Domain.Clients;

namespace CaseFlow.Unit.Clients;

public abstract class ClientSpec() : Spec<ClientState, ClientEvent>(ClientState.Initial, ClientState.Evolve)
{
    protected static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    protected static readonly When Today = When.At(Now);
    protected static readonly When Tomorrow = When.At(Now.AddDays(1));
    protected static readonly Rejection InFuture = TimeRejections.KnownInFuture(Now.AddDays(1), Now);

    protected static readonly ClientName Joan = new(Sealed<string>.Of("Joan"), Sealed<string>.Of("Doe"), "f-joan-doe");

    protected static readonly ClientRegistered Registered =
        new ClientRegistered(ClientCode.Of(ClientId), RegistrationSource.Supervision, "dcc", Anonymous: true) { ClientId = ClientId }.At(Now);

    protected static readonly ClientNameRecorded Named =
        new ClientNameRecorded(Joan.Given, Joan.Family) { ClientId = ClientId, NameId = ValueId.Of(ClientId, "name", "f-joan-doe") }.At(Now);
}
