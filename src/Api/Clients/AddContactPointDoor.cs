using CaseFlow.Api.Access;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;

namespace CaseFlow.Api.Clients;

/// <summary>Where the client may be reached; the answer names the contact point for later flags.</summary>
public static class AddContactPointDoor
{
    public sealed record Added(Guid ContactPointId);

    public static void Map(IEndpointRouteBuilder api) => api.MapFact("/clients/{clientId:guid}/contact-points", Handle)
        .Named("addContactPoint", "A number or address, and what the client said is safe there").Allow(ClientDoors.Registrars)
        .Takes(new ContactPointRequestValidator(), ContactPointRequest.Example)
        .Gives(new Added(ReadClient.Example.ContactPoints[0].ContactPointId), StatusCodes.Status201Created);

    private static Task<IResult> Handle(Guid clientId, ContactPointRequest ask, Actor actor, ClientDesk desk)
    {
        var command = new AddContactPoint(
            clientId,
            ask.Kind,
            Sealed<string>.Of(ClientMarks.Tidy(ask.Value)),
            desk.Marks.ContactPoint(actor.Jurisdiction, ask.Kind, ask.Value),
            ask.SafeToText,
            ask.SafeToLeaveMessage,
            default);
        return desk.AddAsync(clientId, ClientReach.Whole, ask.When, new Added(command.ContactPointId), (state, when, now) =>
            AddContactPoint.Decide(command with { When = when }, state, now));
    }
}
