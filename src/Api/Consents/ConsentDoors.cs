using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;

namespace CaseFlow.Api.Consents;

/// <summary>What a client permits, refuses and takes back. Every door adds a fact: none takes a version (see <see cref="ConsentDesk"/>).</summary>
public static class ConsentDoors
{
    private static readonly Role[] Takers = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Coordinator, Role.PrivacyOfficer];

    /// <summary>Whoever is party to a consent may be told by the client that they take it back: a word holds at once, whoever hears it (R61). Who may receive the
    /// writing is policy.</summary>
    private static readonly Role[] Hearers = [.. Takers, Role.Agent, Role.AgentSupervisor, Role.Judge, Role.Prosecutor, Role.Defence];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string consents = "/clients/{clientId:guid}/consents";
        const string consent = consents + "/{consentId:guid}";
        var taken = new ConsentTaken(ReadConsents.Example.Items[0].ConsentId);

        api.MapFact(consents, (Guid clientId, GrantConsentRequest ask, ConsentDesk desk) =>
                desk.TakeAsync(clientId, ask.ConsentId, null, ask.ToDraft().ToScope, (asked, id) =>
                    GrantConsent.Decide(new(asked.ClientId, id, ask.ToDraft()), asked.State, asked.IsKnown, asked.Policy, asked.Now), ask.ToDraft().Form))
            .Named("grantConsent", "A signed consent, with every element that its kind must have; one refusal names all that is missing").Allow(Takers)
            .Takes(new GrantConsentRequestValidator(), GrantConsentRequest.Example).Gives(taken, StatusCodes.Status201Created);
        api.MapFact(consents + "/requests", (Guid clientId, RequestConsentRequest ask, Actor actor, ConsentDesk desk) =>
                desk.TakeAsync(clientId, ask.ConsentId, ask.When, _ => ask.ToScope(), (asked, id) =>
                    RequestConsent.Decide(new(asked.ClientId, id, ask.Kind, ask.ToScope(), actor.Id, asked.When), asked.State, asked.IsKnown, asked.Now)))
            .Named("requestConsent", "The client is asked to consent").Allow(Takers)
            .Takes(new RequestConsentRequestValidator(), RequestConsentRequest.Example).Gives(taken, StatusCodes.Status201Created);
        api.MapFact(consents + "/refusals", (Guid clientId, RefuseConsentRequest ask, Actor actor, ConsentDesk desk) =>
                desk.TakeAsync(clientId, ask.ConsentId, ask.When, _ => ask.ToScope(), (asked, id) => RefuseConsent.Decide(
                    new(
                        asked.ClientId, id, ask.Kind, ask.Disclosers, ask.Recipients, actor.Id, ask.ToldThatRefusalIsPermitted,
                        Sealed<string>.Of(ask.ConsequenceTold), Sealing.Seal(ask.Reason), asked.When),
                    asked.State,
                    asked.Now)))
            .Named("refuseConsent", "The client refuses, warned that they may and of what follows").Allow(Takers)
            .Takes(new RefuseConsentRequestValidator(), RefuseConsentRequest.Example).Gives(taken, StatusCodes.Status201Created);

        api.MapFact(consent + "/renew", (Guid clientId, Guid consentId, RenewConsentRequest ask, ConsentDesk desk) =>
                desk.RetakeAsync(clientId, consentId, ask.Form.ToDraft(), asked =>
                    RenewConsent.Decide(new(asked.ClientId, consentId, ask.Term.ToDraft(), ask.Form.ToDraft()), asked.State, asked.Policy, asked.Now)))
            .Named("renewConsent", "The same consent, signed again for a new period").Allow(Takers)
            .Takes(new RenewConsentRequestValidator(), RenewConsentRequest.Example);
        api.MapFact(consent + "/take-back", (Guid clientId, Guid consentId, TakeBackRequest ask, Actor actor, ConsentDesk desk) =>
                desk.ChangeAsync(clientId, consentId, ask.When, asked => TakeConsentBack.Decide(
                    new(asked.ClientId, consentId, ask.Mode, actor, ask.EffectiveAt, Sealing.Seal(ask.Words), Sealing.Seal(ask.RelianceNote), asked.When),
                    asked.State,
                    asked.Policy,
                    asked.Now,
                    asked.Beside)))
            .EndsWorkOnErased("a consent ends when the client says so")
            .Named("takeConsentBack", "A word holds new disclosures at once, the writing revokes, and what is irrevocable is deferred to its event (R61)")
            .Allow(Hearers).Takes(new TakeBackRequestValidator(), TakeBackRequest.Example);
        api.MapFact(consent + "/lift-hold", (Guid clientId, Guid consentId, LiftHoldRequest ask, Actor actor, ConsentDesk desk) =>
                desk.ChangeAsync(clientId, consentId, ask.When, asked =>
                    LiftConsentHold.Decide(new(asked.ClientId, consentId, actor.Id, Sealed<string>.Of(ask.Reason), asked.When), asked.State, asked.Now)))
            .Named("liftConsentHold", "The client does not want to take the consent back after all").Allow(Takers)
            .Takes(new LiftHoldRequestValidator(), LiftHoldRequest.Example);
        api.MapFact(consent + "/conditions", (Guid clientId, Guid consentId, ConditionRequest ask, Actor actor, ConsentDesk desk) =>
                desk.ChangeAsync(clientId, consentId, ask.When, asked =>
                    RecordConsentCondition.Decide(new(asked.ClientId, consentId, ask.Condition, actor.Id, asked.When), asked.Recorded, asked.Now)))
            .Named("recordConsentCondition", "The event that a consent waits for happened, such as the final disposition").Allow(Takers)
            .Takes(new ConditionRequestValidator(), ConditionRequest.Example);
        api.MapFact(consent + "/conditions/retract", (Guid clientId, Guid consentId, RetractConditionRequest ask, Actor actor, ConsentDesk desk) =>
                desk.ChangeAsync(clientId, consentId, ask.When, asked => RetractConsentCondition.Decide(
                    new(asked.ClientId, consentId, ask.Condition, asked.RecordedBy(consentId, ask.Condition), actor, Sealed<string>.Of(ask.Reason), asked.When),
                    asked.Recorded,
                    asked.Now)))
            .Named("retractConsentCondition", "The event that a consent waits for was entered by mistake; what the client took back meanwhile stays taken back")
            .Allow(Takers).Takes(new RetractConditionRequestValidator(), RetractConditionRequest.Example);

        api.MapAsk(consents, ReadConsents.HandleAsync)
            .Named("listConsents", "The client's consents that the asker is party to, as they stand and with what happened to each")
            .Allow([.. Takers, Role.Agent, Role.AgentSupervisor, Role.Judge, Role.Prosecutor, Role.Defence, Role.Auditor])
            .Shows<ReadConsents.Answer>(ReadConsents.ViewName, withheld: answer => answer.OtherAgencies == ReadConsents.Restricted)
            .Asks(AskedMoment.Parameters)
            .Gives(ReadConsents.Example);
    }
}
