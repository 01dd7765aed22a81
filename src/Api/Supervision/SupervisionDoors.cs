using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Api.Supervision;

/// <summary>A client's time under community supervision (Intercept 5), and who is responsible for them.</summary>
public static class SupervisionDoors
{
    public static void Map(IEndpointRouteBuilder api)
    {
        const string supervision = "/clients/{clientId:guid}/supervision";

        StartSupervisionDoor.Map(api);
        api.MapChange(supervision + "/assign", (Guid clientId, AssignAgentRequest ask, SupervisionDesk desk) =>
                desk.ChangeAsync(clientId, ask.When, asked =>
                    AssignAgent.Decide(new(clientId, ask.AgentId, asked.When), asked.State, asked.Directory.PostOf(ask.AgentId), asked.Now)))
            .Named("assignAgent", "A client under supervision gets their first agent").Allow(Role.AgentSupervisor, Role.Service)
            .Takes(new AssignAgentRequestValidator(), AssignAgentRequest.Example);
        api.MapChange(supervision + "/reassign", (Guid clientId, ReassignAgentRequest ask, SupervisionDesk desk) =>
                desk.ChangeAsync(clientId, ask.When, asked => ReassignAgent.Decide(
                    new(clientId, ask.AgentId, Sealed<string>.Of(ask.Reason), asked.When), asked.State, asked.Directory.PostOf(ask.AgentId), asked.Now)))
            .Named("reassignAgent", "Another agent takes over; open duties follow, their clock does not restart (R5)").Allow(Role.AgentSupervisor, Role.Service)
            .Takes(new ReassignAgentRequestValidator(), ReassignAgentRequest.Example);
        // Not for agents: the end of supervision closes their own open duties.
        api.MapChange(supervision + "/end", (Guid clientId, EndSupervisionRequest ask, SupervisionDesk desk) =>
                desk.ChangeAsync(clientId, ask.When, asked =>
                    EndSupervision.Decide(new(clientId, ask.Reason, asked.When), asked.State, asked.Now)))
            .GoesOnErased("whoever still supervises lets go, and open duties close")
            .Named("endSupervision", "The client is no longer under supervision; open duties close with their state").Allow(Role.AgentSupervisor, Role.Service)
            .Takes(new EndSupervisionRequestValidator(), EndSupervisionRequest.Example);
        api.MapAsk(supervision, ReadSupervision.Handle)
            .Named("readSupervision", "Where and with whom, with the version that changes name in If-Match")
            .Allow(Role.Agent, Role.AgentSupervisor, Role.Service, Role.PrivacyOfficer).Shows<ReadSupervision.View>(Streams.Supervision.Alias)
            .ShowsSkeletonOfHidden("who supervises, so that the work goes on")
            .Gives(ReadSupervision.Example);
    }
}
