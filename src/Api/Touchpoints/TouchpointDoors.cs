using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Api.Touchpoints;

/// <summary>
/// Plain facts about a client: one route per line of <see cref="ReportableFacts"/>, which says who may report it, where it
/// belongs and what makes it sound. Here stands only its shape on the wire.
/// </summary>
public static class TouchpointDoors
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapTouchpoint(new FacilityRequest("county-hospital"), (id, ask) => new EdArrivalReported(ask.Facility) { ClientId = id });
        api.MapTouchpoint(new FacilityRequest("county-hospital"), (id, ask) => new EdDischargeReported(ask.Facility) { ClientId = id });
        api.MapTouchpoint(new NaloxoneRequest(2), (id, ask) => new NaloxoneProvided(ask.Doses) { ClientId = id });
        api.MapTouchpoint(new CallForServiceRequest("welfare-check"), (id, ask) => new CallForServiceReceived(ask.CallType) { ClientId = id });
        api.MapTouchpoint(new SupervisionContactRequest(ContactMode.InPerson), (id, ask) => new SupervisionContactReported(ask.Mode) { ClientId = id });
        api.MapTouchpoint(new ContactRequest(ContactMode.Phone, 20), (id, ask) => new ContactMade(ask.Mode, ask.Minutes) { ClientId = id });
        api.MapTouchpoint(
            new OutreachRequest(ContactMode.Text, AttemptOutcome.NoAnswer), (id, ask) => new OutreachAttempted(ask.Mode, ask.Outcome) { ClientId = id });
        api.MapTouchpoint(new CoachRequest(), (id, _) => new RecoveryCoachOffered { ClientId = id });
        api.MapTouchpoint(new CoachRequest(), (id, _) => new RecoveryCoachAccepted { ClientId = id });
        api.MapTouchpoint(new CoachRequest(Note: "Not now, maybe later."), (id, _) => new RecoveryCoachDeclined { ClientId = id });
        api.MapTouchpoint(
            new WarmHandoffRequest("county-jail", "recovery-coaches", PresentTogether: true),
            (id, ask) => new WarmHandoffPerformed(ask.From, ask.To, ask.PresentTogether) { ClientId = id });
        api.MapTouchpoint(new PlacementAdmissionRequest("residential"), (id, ask) => new AdmittedToPlacement(ask.LevelOfCare) { ClientId = id });
        api.MapTouchpoint(new NeedMetRequest("clothing"), (id, ask) => new NeedMet(ask.Need) { ClientId = id });
    }

    /// <summary>The line of the table gives route, roles and intercept; the request gives shape and example.</summary>
    private static void MapTouchpoint<TRequest, TFact>(this IEndpointRouteBuilder api, TRequest example, Func<Guid, TRequest, TFact> fact)
        where TRequest : IFactRequest
        where TFact : TouchpointEvent
    {
        var line = ReportableFacts.All.Single(one => one.EventType == typeof(TFact));
        api.MapFact($"/clients/{{clientId:guid}}/touchpoints/{line.Route}", (Guid clientId, TRequest ask, TouchpointDesk desk) =>
                desk.ReportAsync(clientId, line, ask, id => fact(id, ask)))
            .Named(OperationOf(line.Route), line.Summary(fact(Guid.Empty, example)))
            .Allow([.. line.Roles])
            .Takes(new FactRequestValidator<TRequest>(), example);
    }

    private static string OperationOf(string route) =>
        "report" + string.Concat(route.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
