using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Api.Profile;

/// <summary>The people around a client: whom to call, who is family, who supports them as a victim or witness.</summary>
internal static class ProfilePeopleDoors
{
    public static void Map(IEndpointRouteBuilder api, string client, Role[] keepers, Guid some)
    {
        api.MapFact(client + "/emergency-contacts", (Guid clientId, EmergencyContactRequest ask, Actor actor, ProfileDesk desk) =>
            {
                var command = new RecordEmergencyContact(
                    clientId, ask.Relation, Sealed<string>.Of(ask.Name), Sealed<string>.Of(ask.Reach), new ContactTerms(ask.SafeToLeaveMessage, ask.KnowsOfServices),
                    desk.Marks.Told(actor.Jurisdiction, "emergency-contact", ask.Relation, ask.Name, ask.Reach), default);
                return desk.AddAsync(clientId, ask, new ProfileDoors.ContactKnown(command.ContactId), told =>
                    RecordEmergencyContact.Decide(command with { When = told.When }, told.State, told.Policy, told.Now));
            })
            .Named("recordEmergencyContact", "Whom to call when something happens to the client, and what may be said there").Allow(keepers)
            .Takes(new EmergencyContactRequestValidator(), EmergencyContactRequest.Example)
            .Gives(new ProfileDoors.ContactKnown(some), StatusCodes.Status201Created);
        api.MapChange(client + "/emergency-contacts/{contactId:guid}/remove", (Guid clientId, Guid contactId, EndedRequest ask, ProfileDesk desk) =>
                desk.ChangeAsync(clientId, ask, told =>
                    RemoveEmergencyContact.Decide(new(clientId, contactId, Sealed<string>.Of(ask.Reason), told.When), told.State, told.Now)))
            .Named("removeEmergencyContact", "That person is not to be called any more").Allow(keepers)
            .Takes(new EndedRequestValidator(), EndedRequest.Example);

        api.MapFact(client + "/family", (Guid clientId, FamilyRequest ask, Actor actor, ProfileDesk desk) =>
            {
                var command = new LinkFamilyMember(
                    clientId, ask.Relation, ask.OtherClientId, Sealed<string>.Of(ask.Name),
                    desk.Marks.Told(actor.Jurisdiction, "family", ask.Relation, ask.OtherClientId?.ToString(), ask.Name), default);
                return desk.AddAsync(
                    clientId, ask, new ProfileDoors.FamilyLinked(command.LinkId),
                    told => LinkFamilyMember.Decide(command with { When = told.When }, told.State, told.Policy, told.Now), ask.OtherClientId);
            })
            .Named("linkFamilyMember", "Another client, or a person who is none, is the client's family; nobody sees another record by it").Allow(keepers)
            .Takes(new FamilyRequestValidator(), FamilyRequest.Example)
            .Gives(new ProfileDoors.FamilyLinked(some), StatusCodes.Status201Created);
        api.MapChange(client + "/family/{linkId:guid}/unlink", (Guid clientId, Guid linkId, EndedRequest ask, ProfileDesk desk) =>
                desk.ChangeAsync(clientId, ask, told =>
                    UnlinkFamilyMember.Decide(new(clientId, linkId, Sealed<string>.Of(ask.Reason), told.When), told.State, told.Now)))
            .Named("unlinkFamilyMember", "That person is not the client's family").Allow(keepers)
            .Takes(new EndedRequestValidator(), EndedRequest.Example);

        api.MapFact(client + "/victim-witness-record", (Guid clientId, VictimWitnessRequest ask, ProfileDesk desk) =>
                desk.ChangeAsync(clientId, ask, told => OpenVictimWitnessRecord.Decide(
                    new(clientId, ask.Capacity.Kebab(), Sealing.Seal(ask.Words), told.When), told.State, told.Labels, told.Now)))
            .Named("openVictimWitnessRecord", "Victim services begin to support the client; it stays with them").Allow(keepers)
            .Takes(new VictimWitnessRequestValidator(), VictimWitnessRequest.Example);
    }
}
