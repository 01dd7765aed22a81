using CaseFlow.Api.Agencies;
using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.Supervision;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Supervision;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Clients.ClientStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Supervision;

public sealed class HandingClientsOver(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Supervision_starts_without_an_agent_and_one_is_assigned()
    {
        var clientId = await county.RegisterAsync(Supervisor);
        var supervision = $"/api/clients/{clientId}/supervision";

        (await county.PostAsync(Supervisor, supervision + "/start", StartOf(Supervisor) with { AgentId = null })).Status.ShouldBe(204);
        (await county.GetAsync(Agent, supervision)).ShouldBeProblem(404, "client-not-found");
        await ChangeAsync(Supervisor, supervision, "/assign", new AssignAgentRequest(Agent.Id));

        var read = await county.GetAsync(Agent, supervision);
        read.Json["phase"]!.GetValue<string>().ShouldBe("supervised");
        read.Json["agentId"]!.GetValue<string>().ShouldBe(Agent.Id);
        read.Json["officeId"]!.GetValue<string>().ShouldBe("north");
    }

    [Fact]
    public async Task A_service_keeps_supervision_for_every_office()
    {
        var clientId = await county.RegisterAsync(Coach);
        var supervision = $"/api/clients/{clientId}/supervision";

        (await county.PostAsync(Feed, supervision + "/start", StartOf(SouthAgent))).Status.ShouldBe(204);
        await ChangeAsync(Feed, supervision, "/reassign", new ReassignAgentRequest(Agent.Id, "Moved north."));
        await ChangeAsync(Feed, supervision, "/end", new EndSupervisionRequest(SupervisionEndReason.Completed));

        (await county.GetAsync(Feed, supervision)).Json["phase"]!.GetValue<string>().ShouldBe("ended");
        (await county.PostAsync(Feed, supervision + "/start", StartOf(SouthAgent) with { When = null })).Status.ShouldBe(204);
    }

    [Fact]
    public async Task An_open_duty_follows_the_client_and_its_clock_does_not_restart()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var before = await DutyAsync(Agent, clientId, know: true);

        await ChangeAsync(Supervisor, $"/api/clients/{clientId}/supervision", "/reassign", new ReassignAgentRequest(Colleague.Id, "Workload."));

        var after = await DutyAsync(Colleague, clientId);
        before["agentId"]!.GetValue<string>().ShouldBe(Agent.Id);
        after["agentId"]!.GetValue<string>().ShouldBe(Colleague.Id);
        after["dueAt"]!.GetValue<DateTimeOffset>().ShouldBe(before["dueAt"]!.GetValue<DateTimeOffset>());
        (await county.GetAsync(Agent, $"/api/clients/{clientId}/referral-duty")).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task An_open_duty_closes_with_supervision()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await DutyAsync(Agent, clientId, know: true);

        await ChangeAsync(Supervisor, $"/api/clients/{clientId}/supervision", "/end", new EndSupervisionRequest(SupervisionEndReason.Completed));
        (await county.PostAsync(Feed, $"/api/clients/{clientId}/supervision/start", StartOf(Agent) with { When = null })).Status.ShouldBe(204);

        (await DutyAsync(Agent, clientId))["phase"]!.GetValue<string>().ShouldBe("closedUnsupervised");
    }

    [Fact]
    public async Task A_duty_of_the_agency_before_does_not_exist_for_the_one_that_supervises_now()
    {
        (await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("west", "Corrections of the west", AgencyKind.CommunityCorrections))).ShouldSucceed();
        (await county.PostAsync(Administrator, "/api/agencies/west/offices", new OpenOfficeRequest("town", "Town"))).ShouldSucceed();
        var west = Agent with { Id = "agent-west", Agency = "west", Office = "town" };
        var lead = Supervisor with { Id = "supervisor-west", Agency = "west", Office = "town" };
        await county.EngageAsync(west);
        await county.EngageAsync(lead);
        var owed = await county.OweAsync(Agent);
        await ChangeAsync(Supervisor, $"/api/clients/{owed.ClientId}/supervision", "/end", new EndSupervisionRequest(SupervisionEndReason.Completed));
        var fresh = await county.RegisterAsync(west);
        foreach (var clientId in new[] { owed.ClientId, fresh })
            (await county.PostAsync(clientId == fresh ? west : Feed, $"/api/clients/{clientId}/supervision/start", StartOf(west) with { When = null })).ShouldSucceed();

        foreach (var actor in new[] { west, lead })
        {
            await AsOfNobodyAsync(id => county.GetAsync(actor, $"/api/clients/{id}/referral-duty"));
            (await county.AskAsync(actor, $"/api/referral-compliance/{owed.DutyId}")).ShouldBeProblem(404, "duty-not-found");
            (await county.GetAsync(actor, $"/api/overdoses/{owed.OverdoseId}")).ShouldBeProblem(404, "overdose-not-found");
        }

        foreach (var dutyId in new Guid?[] { null, owed.DutyId })
        {
            var which = new WhichDuty(dutyId);
            await AsOfNobodyAsync(id => county.ChangeAsync(west, $"/api/clients/{id}/referral-duty/attest", "\"0\"", which));
            await AsOfNobodyAsync(id => county.ChangeAsync(lead, $"/api/clients/{id}/referral-duty/verify", "\"0\"", which));
        }

        await AsOfNobodyAsync(id => county.PostAsync(west, "/api/referrals", new CreateReferralRequest(id, "recovery-coaches", DutyId: owed.DutyId)));
        var correction = new CorrectKnowledgeRequest(county.Now.AddMinutes(-5), "It was later.");
        (await county.ChangeAsync(west, $"/api/clients/{owed.ClientId}/overdoses/{owed.OverdoseId}/correct-knowledge", "\"0\"", correction)).ShouldBeProblem(409, "knowledge-not-recorded");

        var overdoseId = await county.ReportAsync(west, owed.ClientId);
        // The version that they were given is the one that they name.
        (await county.ChangeAsync(west, $"/api/clients/{owed.ClientId}/overdoses/{overdoseId}/known", "\"0\"", new { knownAt = county.Now, how = "hospital" })).ShouldSucceed();
        var own = (await county.DutiesAsync(west, owed.ClientId)).ShouldHaveSingleItem()!;
        own["overdoseIds"]!.AsArray().ShouldHaveSingleItem()!.GetValue<Guid>().ShouldBe(overdoseId);
        (await county.GetAsync(west, $"/api/overdoses/{overdoseId}")).ShouldSucceed();
        (await county.DeclineAsync(west, owed.ClientId)).ShouldSucceed();
        (await county.DutiesAsync(west, owed.ClientId)).ShouldHaveSingleItem()!["phase"]!.GetValue<string>().ShouldBe("discharged");

        async Task AsOfNobodyAsync(Func<Guid, Task<Reply>> ask) => (await ask(owed.ClientId)).Without(owed.ClientId).ShouldBe((await ask(fresh)).Without(fresh));
    }

    [Fact]
    public async Task Changes_name_the_version_they_saw()
    {
        var supervision = $"/api/clients/{await county.SuperviseAsync(Agent)}/supervision";
        foreach (var (path, body) in Changes)
        {
            (await county.PostAsync(Supervisor, supervision + path, body)).ShouldBeProblem(428, "if-match-missing");
            (await county.ChangeAsync(Supervisor, supervision + path, "\"9\"", body)).ShouldBeProblem(412, "stale");
        }
    }

    [Fact]
    public async Task Somebody_elses_client_does_not_exist()
    {
        var clientId = await county.SuperviseAsync(Agent);
        foreach (var (path, body) in Changes)
        {
            await county.ShouldNotExistAsync(SouthSupervisor, clientId, id =>
                county.ChangeAsync(SouthSupervisor, $"/api/clients/{id}/supervision{path}", "\"2\"", body));
        }

        foreach (var actor in new[] { Colleague, SouthAgent, Stranger })
        {
            await county.ShouldNotExistAsync(actor, clientId, id => county.GetAsync(actor, $"/api/clients/{id}/supervision"));
            await county.ShouldNotExistAsync(actor, clientId, id => county.PostAsync(actor, $"/api/clients/{id}/supervision/start", StartOf(actor)));
        }
    }

    [Fact]
    public async Task Every_refusal_has_its_status_and_code()
    {
        var start = StartOf(Agent);
        var free = $"/api/clients/{await county.RegisterAsync(Agent)}/supervision";
        (Actor Actor, StartSupervisionRequest Body, int Status, string Code)[] starts =
        [
            (Agent, start with { OfficeId = "south" }, 403, "not-own-office"),
            (Supervisor, start with { AgencyId = "sheriff" }, 403, "not-own-office"),
            (Agent, start with { AgentId = Colleague.Id }, 403, "not-for-another-agent"),
            (Agent, start with { AgentId = null }, 403, "not-for-another-agent"),
            (Supervisor, start with { AgentId = SouthAgent.Id }, 422, "agent-of-another-office"),
            (Supervisor, start with { AgentId = "nobody" }, 422, "agent-unknown"),
            (Feed, start with { OfficeId = "west" }, 422, "supervision-office-unknown"),
            (Agent, start with { OfficeId = "Not A Slug" }, 400, "validation-failed"),
            (Coach, start, 403, "role-not-allowed"),
        ];
        foreach (var (actor, body, status, code) in starts)
            (await county.PostAsync(actor, free + "/start", body)).ShouldBeProblem(status, code);

        var taken = $"/api/clients/{await county.SuperviseAsync(Agent)}/supervision";
        var early = new WhenPart(DateTimeOffset.UtcNow.AddDays(-90));
        (await county.PostAsync(Agent, taken + "/start", start with { Status = SupervisionStatus.Parole })).ShouldBeProblem(409, "already-under-supervision");
        await RefusedAsync(taken, "/assign", new AssignAgentRequest(Colleague.Id), 409, "agent-already-assigned");
        await RefusedAsync(taken, "/reassign", new ReassignAgentRequest("nobody", "?"), 422, "agent-unknown");
        await RefusedAsync(taken, "/reassign", new ReassignAgentRequest(Colleague.Id, "?", early), 422, "supervision-changes-before-start");
        await RefusedAsync(taken, "/end", new EndSupervisionRequest(SupervisionEndReason.Completed, early), 422, "supervision-changes-before-start");
        (await county.ChangeAsync(Agent, taken + "/end", "\"2\"", new EndSupervisionRequest(SupervisionEndReason.Completed))).ShouldBeProblem(403, "role-not-allowed");

        var never = $"/api/clients/{await county.RegisterAsync(Agent)}/supervision";
        (await county.ChangeAsync(Feed, never + "/assign", "\"0\"", new AssignAgentRequest(Agent.Id))).ShouldBeProblem(409, "not-under-supervision");
        (await county.PostAsync(Supervisor, never + "/start", start with { AgentId = null })).Status.ShouldBe(204);
        await RefusedAsync(never, "/reassign", new ReassignAgentRequest(Agent.Id, "?"), 409, "no-agent-assigned");
    }

    private static readonly (string Path, object Body)[] Changes =
    [
        ("/assign", new AssignAgentRequest(Colleague.Id)),
        ("/reassign", new ReassignAgentRequest(Colleague.Id, "Workload.")),
        ("/end", new EndSupervisionRequest(SupervisionEndReason.Completed)),
    ];

    private async Task RefusedAsync(string supervision, string path, object body, int status, string code) =>
        (await county.ChangeAsync(Supervisor, supervision + path, await county.VersionAsync(Supervisor, supervision), body)).ShouldBeProblem(status, code);

    private async Task ChangeAsync(Actor actor, string supervision, string path, object body)
    {
        var reply = await county.ChangeAsync(actor, supervision + path, await county.VersionAsync(actor, supervision), body);
        reply.Status.ShouldBe(204, reply.Text);
    }

    private async Task<System.Text.Json.Nodes.JsonNode> DutyAsync(Actor agent, Guid clientId, bool know = false)
    {
        if (know)
        {
            var overdoseId = Guid.CreateVersion7();
            (await county.PostAsync(agent, "/api/overdoses", new ReportOverdoseDoor.Request(
                overdoseId, clientId, DetailsPart.Example, OverdoseSource.Hospital, new WhenPart(DateTimeOffset.UtcNow.AddMinutes(-30))))).Status.ShouldBe(201);
            (await county.PostAsync(agent, $"/api/clients/{clientId}/overdoses/{overdoseId}/known",
                new KnownRequest(DateTimeOffset.UtcNow.AddMinutes(-10), LearnedFrom.Hospital))).ShouldSucceed();
        }

        return (await county.GetAsync(agent, $"/api/clients/{clientId}/referral-duty")).ShouldSucceed().Json["duties"]!.AsArray().Single()!;
    }
}
