using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Projections.ClientIdentifiers;

namespace CaseFlow.Api.Clients;

/// <summary>
/// Who clients are and how to reach them. What adds to the record needs no <c>If-Match</c>; what replaces or takes away does.
/// </summary>
public static class ClientDoors
{
    /// <summary>Everybody who meets people for the first time.</summary>
    internal static readonly Role[] Registrars =
    [
        Role.Agent, Role.AgentSupervisor, Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Coordinator, Role.Dispatcher, Role.Service,
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string client = "/clients/{clientId:guid}";

        RegisterClientDoor.Map(api);
        SearchClientsDoor.Map(api);
        DuplicateDoors.Map(api);
        // A question that carries a personal number travels in a body; it records nothing.
        api.MapQuestion("/clients/find", FindClientDoor.Handle)
            .Named("findClient", "Find a client by a number in another system").Allow(Registrars)
            .Shows<IReadOnlyList<FindClientDoor.Found>>(
                ClientIdentifiersView.ViewName, (found, _) => found.Count == 0 ? null : found.Select(one => one.ClientId))
            .Takes(new FindRequestValidator(), FindRequest.Example)
            .Gives<IReadOnlyList<FindClientDoor.Found>>([new(ReadClient.Example.ClientId, ReadClient.Example.Code)]);
        api.MapAsk(client, ReadClient.Handle)
            .Named("readClient", "A client's record, with the version that changes name in If-Match").Allow([.. Registrars, Role.PrivacyOfficer])
            .Shows<ReadClient.View>(Streams.Client.Alias, withheld: shown => shown.ExternalIdentifiers is null || shown.Source is null)
            .ShowsSkeletonOfHidden("code and dates; the handler opens nothing that is sealed, and nothing of what is erased can be opened")
            .Asks().Gives(ReadClient.Example);

        api.MapChange(client + "/name", (Guid clientId, NameRequest ask, Actor actor, ClientDesk desk) =>
                desk.ChangeAsync(clientId, ClientReach.Whole, ask.When, (state, when, now) =>
                    RecordName.Decide(new(clientId, desk.Marks.Name(actor.Jurisdiction, ask.GivenName, ask.FamilyName), when), state, now)))
            .Named("recordName", "The client gave a name, or another one than before").Allow(Registrars)
            .Takes(new NameRequestValidator(), NameRequest.Example);
        api.MapFact(client + "/aliases", (Guid clientId, AliasRequest ask, Actor actor, ClientDesk desk) =>
                desk.ChangeAsync(clientId, ClientReach.Whole, ask.When, (state, when, now) => AddAlias.Decide(
                    new(clientId, Sealed<string>.Of(ClientMarks.Tidy(ask.Alias)), desk.Marks.Alias(actor.Jurisdiction, ask.Alias), when), state, now)))
            .Named("addAlias", "Another name that the client goes by").Allow(Registrars)
            .Takes(new AliasRequestValidator(), AliasRequest.Example);
        api.MapChange(client + "/birth-date", (Guid clientId, BirthDateRequest ask, Actor actor, ClientDesk desk) =>
                desk.ChangeAsync(clientId, ClientReach.Whole, ask.When, (state, when, now) =>
                    RecordBirthDate.Decide(BirthDates.CommandOf(clientId, ask.BornOn, actor, desk.Marks, when), state, now)))
            .Named("recordBirthDate", "The client's date of birth, or another one than before").Allow(Registrars)
            .Takes(new BirthDateRequestValidator(), BirthDateRequest.Example);

        AddContactPointDoor.Map(api);
        api.MapChange(client + "/contact-points/{contactPointId:guid}/safety", (Guid clientId, Guid contactPointId, SafetyRequest ask, ClientDesk desk) =>
                desk.ChangeAsync(clientId, ClientReach.Whole, ask.When, (state, when, now) =>
                    FlagContactPoint.Decide(new(clientId, contactPointId, ask.SafeToText, ask.SafeToLeaveMessage, when), state, now)))
            .Named("flagContactPoint", "What the client says is safe at a contact point from now on").Allow(Registrars)
            .Takes(new SafetyRequestValidator(), SafetyRequest.Example);
        api.MapChange(client + "/contact-points/{contactPointId:guid}/remove", (Guid clientId, Guid contactPointId, ReasonRequest ask, ClientDesk desk) =>
                desk.ChangeAsync(clientId, ClientReach.Whole, ask.When, (state, when, now) =>
                    RemoveContactPoint.Decide(new(clientId, contactPointId, Sealed<string>.Of(ask.Reason), when), state, now)))
            .Named("removeContactPoint", "The client is no longer to be reached there").Allow(Registrars)
            .Takes(new ReasonRequestValidator(), ReasonRequest.Example);

        api.MapFact(client + "/external-identifiers", (Guid clientId, IdentifierRequest ask, Actor actor, ClientDesk desk) =>
                desk.LinkAsync(clientId, ask, actor))
            .Named("linkExternalIdentifier", "The client's number in another system").Allow(Registrars)
            .Takes(new IdentifierRequestValidator(), IdentifierRequest.Example)
            .Gives(new Linked(ReadClient.Example.ExternalIdentifiers![0].IdentifierId), StatusCodes.Status201Created);
        api.MapChange(client + "/external-identifiers/{identifierId:guid}/unlink", (Guid clientId, Guid identifierId, ReasonRequest ask, ClientDesk desk) =>
                desk.ChangeAsync(clientId, ClientReach.Whole, ask.When, (state, when, now) =>
                    UnlinkExternalIdentifier.Decide(new(clientId, identifierId, Sealed<string>.Of(ask.Reason), when), state, now)))
            .Named("unlinkExternalIdentifier", "The number was linked by mistake").Allow(Registrars)
            .Takes(new ReasonRequestValidator(), ReasonRequest.Example);
    }
}
