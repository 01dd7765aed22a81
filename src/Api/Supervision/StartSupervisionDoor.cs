using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Api.Supervision;

/// <summary>
/// A client comes under supervision: an agent takes them on, or the supervisor of the office does. The client need not be
/// known to the office yet (found by number, <c>/clients/find</c>); one whom somebody else supervises does not exist here.
/// A new fact: no <c>If-Match</c>.
/// </summary>
public static class StartSupervisionDoor
{
    public static void Map(IEndpointRouteBuilder api) => api.MapFact("/clients/{clientId:guid}/supervision/start", Handle)
        .Named("startSupervision", "A client comes under community supervision").Allow(Role.Agent, Role.AgentSupervisor, Role.Service)
        .Takes(new StartSupervisionRequestValidator(), StartSupervisionRequest.Example);

    private static Task<IResult> Handle(Guid clientId, StartSupervisionRequest ask, Actor actor, CommandDesk desk, SupervisionDesk supervisions) =>
        desk.RunAsync(async session =>
        {
            var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
            var client = await session.LoadAsync(Streams.Client, clientId);
            if (!client.State.IsRegistered || IsSomebodyElses(actor, supervision.State))
                session.Refuse(ClientRejections.NotFound(clientId));
            else if (RefuseElsewhere(ask, actor) is { } rejection)
                session.Refuse(rejection);
            else
                session.Record(supervision, Decide(clientId, ask, await supervisions.AskAsync(session, supervision.State, ask.When)), SupervisionDesk.About);
            return Answer.Done(supervision);
        });

    private static Decision<SupervisionEvent> Decide(Guid clientId, StartSupervisionRequest ask, SupervisionSession asked) => StartSupervision.Decide(
        new(clientId, ask.Status, ask.AgencyId, ask.OfficeId, ask.AgentId, ask.ExpectedEndOn, asked.When),
        asked.State,
        asked.Directory.FindAgency(ask.AgencyId)?.HasOpenOffice(ask.OfficeId) ?? false,
        ask.AgentId is { } agentId ? asked.Directory.PostOf(agentId) : null,
        asked.Now);

    private static bool IsSomebodyElses(Actor actor, SupervisionState supervision) =>
        actor.Role != Role.Service && supervision.Phase == SupervisionPhase.Supervised && !ClientRights.Supervises(actor, supervision);

    private static Rejection? RefuseElsewhere(StartSupervisionRequest ask, Actor actor) => actor.Role switch
    {
        Role.Service => null,
        _ when (ask.AgencyId, ask.OfficeId) != (actor.Agency, actor.Office) => AccessRejections.NotOwnOffice(),
        Role.Agent when ask.AgentId != actor.Id => AccessRejections.NotForAnotherAgent(),
        _ => null,
    };
}
