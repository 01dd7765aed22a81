using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;

namespace CaseFlow.Api.Clients;

/// <summary>How a client is known without a name, that somebody made sure who they are, and that they have died.</summary>
public static class IdentityDoors
{
    /// <summary>Those who keep the record; other systems hear of deaths and tell a person.</summary>
    private static readonly Role[] Keepers =
        [Role.Agent, Role.AgentSupervisor, Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Coordinator, Role.PrivacyOfficer];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string client = "/clients/{clientId:guid}";

        api.MapFact(client + "/code-word", (Guid clientId, CodeWordRequest ask, ClientDesk desk) => desk.IdentifyAsync(clientId, ask))
            .Named("identifyAnonymously", "A word by which the own agency knows a client again who gave no name; only a keyed mark of it is kept")
            .Allow(ClientDoors.Registrars)
            .Takes(new CodeWordRequestValidator(), CodeWordRequest.Example);
        api.MapFact(client + "/identity/verify", (Guid clientId, VerifyIdentityRequest ask, Actor actor, ClientDesk desk) =>
                desk.ChangeUnderPolicyAsync(clientId, ask.When, (record, policy, when, now) =>
                    VerifyIdentity.Decide(new(clientId, ask.How, ask.DocumentKind, actor.Id, actor.Agency, when), record.State, policy, now)))
            .Named("verifyIdentity", "Somebody made sure who the client is; another name or birth date later ends it").Allow(Keepers)
            .Takes(new VerifyIdentityRequestValidator(), VerifyIdentityRequest.Example);
        api.MapFact(client + "/death", (Guid clientId, DeathRequest ask, ClientDesk desk) =>
                desk.ChangeUnderPolicyAsync(clientId, ask.When, (record, policy, when, now) =>
                    RecordDeath.Decide(new(clientId, ask.VerifiedBy, Sealed<string>.Of(ask.Source), when), record.State, policy, now)))
            .Named("recordDeath", "The client has died: no reminder about them goes out any more, and they cannot consent; a duty is still exempted by a supervisor")
            .Allow(Keepers)
            .Takes(new DeathRequestValidator(), DeathRequest.Example);
        api.MapChange(client + "/death/retract", (Guid clientId, ReasonRequest ask, ClientDesk desk) =>
                desk.ChangeUnderPolicyAsync(clientId, ask.When, (record, _, when, now) => RetractDeath.Decide(
                    new(
                        clientId,
                        record.History.LastOrDefault(told => told.Data is ClientDeceased)?.EventId ?? default,
                        Sealed<string>.Of(ask.Reason),
                        when),
                    record.State,
                    now)))
            .Named("retractDeath", "The client lives: the death was recorded by mistake").Allow(Keepers)
            .Takes(new ReasonRequestValidator(), ReasonRequest.Example);
    }
}
