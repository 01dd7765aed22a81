using CaseFlow.Api.Commands;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;

namespace CaseFlow.Api.Consents;

/// <summary>What limits disclosures although they might be made, and what orders them although nobody consented.</summary>
public static class RestrictionDoors
{
    private static readonly Role[] Takers = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.PrivacyOfficer];

    private static readonly Role[] Answerers = [Role.CoachSupervisor, Role.PrivacyOfficer];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string restrictions = "/clients/{clientId:guid}/restrictions";
        const string restriction = restrictions + "/{restrictionId:guid}";

        api.MapFact(restrictions, RequestAsync)
            .Named("requestRestriction", "The client asks an agency not to tell what it otherwise might (42 CFR 2.26)").Allow(Takers)
            .Takes(new RestrictionRequestValidator(), RestrictionRequest.Example)
            .Gives(new RestrictionTaken(ReadConsents.Example.Restrictions[0].RestrictionId), StatusCodes.Status201Created);
        api.MapFact(restriction + "/agree", (Guid clientId, Guid restrictionId, AgreeRequest ask, Actor actor, ConsentDesk desk) =>
                AnswerAsync(clientId, restrictionId, ask.When, actor, null, desk))
            .EndsWorkOnErased("what was asked is answered: nothing of it is told any more")
            .Named("agreeToRestriction", "The agency agrees and is bound from then on").Allow(Answerers)
            .Takes(new AgreeRequestValidator(), AgreeRequest.Example);
        api.MapFact(restriction + "/decline", (Guid clientId, Guid restrictionId, DeclineRestrictionRequest ask, Actor actor, ConsentDesk desk) =>
                AnswerAsync(clientId, restrictionId, ask.When, actor, Sealed<string>.Of(ask.Reason), desk))
            .Named("declineRestriction", "The agency does not agree").Allow(Answerers)
            .Takes(new DeclineRestrictionRequestValidator(), DeclineRestrictionRequest.Example);
        api.MapFact(restriction + "/end", (Guid clientId, Guid restrictionId, EndRestrictionRequest ask, Actor actor, ConsentDesk desk) =>
                EndAsync(clientId, restrictionId, RestrictionEnder.Client, ask, actor, desk))
            .Named("endRestriction", "The client no longer wants the restriction").Allow(Takers)
            .Takes(new EndRestrictionRequestValidator(), EndRestrictionRequest.Example);
        api.MapFact(restriction + "/end-with-notice", (Guid clientId, Guid restrictionId, EndRestrictionRequest ask, Actor actor, ConsentDesk desk) =>
                EndAsync(clientId, restrictionId, RestrictionEnder.Agency, ask, actor, desk))
            .Named("endRestrictionWithNotice", "The agency told the client that it ends the restriction for what it receives from then on; a mandatory one stays")
            .Allow(Answerers)
            .Takes(new EndRestrictionRequestValidator(), new EndRestrictionRequest("Told by letter."));
        api.MapFact("/clients/{clientId:guid}/disclosure-orders", OrderAsync)
            .Named("recordCourtOrder", "A court's order to disclose (42 CFR 2.61–2.67)").Allow(Answerers)
            .Takes(new CourtOrderRequestValidator(), CourtOrderRequest.Example)
            .Gives(new OrderTaken(ReadConsents.Example.Orders[0].OrderId), StatusCodes.Status201Created);
    }

    private static Task<IResult> RequestAsync(Guid clientId, RestrictionRequest ask, ConsentDesk desk)
    {
        var id = ask.RestrictionId ?? Guid.CreateVersion7();
        return desk.RunAsync(
            clientId,
            ask.When,
            asked => IsOwn(asked.Actor, ask.DisclosingAgency) ? null : RestrictionRejections.OfAnotherAgency(),
            asked => RequestRestriction.Decide(
                new(
                    clientId, id, ask.DisclosingAgency, ask.RecipientAgency, ask.Information ?? [], ask.Purposes ?? [],
                    Sealing.Seal(ask.Words), asked.When)
                { PaidInFull = ask.PaidInFull },
                asked.State,
                asked.IsKnown,
                asked.Now),
            new Answer(StatusCodes.Status201Created, null, new RestrictionTaken(id), ConsentDesk.AddressOf(clientId)));
    }

    private static Task<IResult> AnswerAsync(
        Guid clientId, Guid restrictionId, WhenPart? when, Actor actor, Sealed<string>? declinedBecause, ConsentDesk desk) => desk.RunAsync(
        clientId,
        state => state.Restrictions.ContainsKey(restrictionId),
        when,
        asked => asked.State.Restrictions.GetValueOrDefault(restrictionId) is { } restriction && IsOwn(actor, restriction.DisclosingAgency)
            ? null
            : RestrictionRejections.NotFound(restrictionId),
        asked => AnswerRestriction.Decide(new(asked.ClientId, restrictionId, actor.Id, declinedBecause, asked.When), asked.State, asked.Now),
        ConsentDesk.Done);

    private static Task<IResult> EndAsync(
        Guid clientId, Guid restrictionId, RestrictionEnder by, EndRestrictionRequest ask, Actor actor, ConsentDesk desk) => desk.RunAsync(
        clientId,
        ask.When,
        asked => asked.State.Restrictions.GetValueOrDefault(restrictionId) is { } restriction && IsOwn(actor, restriction.DisclosingAgency)
            ? null
            : RestrictionRejections.NotFound(restrictionId),
        asked => EndRestriction.Decide(new(clientId, restrictionId, by, actor.Id, Sealing.Seal(ask.Words), asked.When), asked.State, asked.Now),
        ConsentDesk.Done);

    private static Task<IResult> OrderAsync(Guid clientId, CourtOrderRequest ask, Actor actor, ConsentDesk desk)
    {
        var id = ask.OrderId ?? Guid.CreateVersion7();
        return desk.RunAsync(
            clientId,
            ask.When,
            asked => IsOwn(asked.Actor, ask.DisclosingAgency) ? null : RestrictionRejections.OfAnotherAgency(),
            asked => RecordCourtOrder.Decide(
                new(
                    clientId, id, ask.Basis, ask.DisclosingAgency, ask.RecipientAgency, ask.Information, ask.OrderedUntil,
                    Sealed<string>.Of(ask.CaseReference), actor.Id, asked.When)
                { RecipientRoles = ask.RecipientRoles ?? [] },
                asked.State,
                asked.IsKnown,
                asked.Now),
            new Answer(StatusCodes.Status201Created, null, new OrderTaken(id), ConsentDesk.AddressOf(clientId)));
    }

    private static bool IsOwn(Actor actor, string agencyId) => actor.Role == Role.PrivacyOfficer || actor.Agency == agencyId;
}

public sealed record RestrictionTaken(Guid RestrictionId);

public sealed record OrderTaken(Guid OrderId);
