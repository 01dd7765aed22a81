using CaseFlow.Api.Agencies;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Agencies;

public sealed class KeepingTheDirectory(County county) : IClassFixture<County>
{
    private static readonly BecauseRequest Because = BecauseRequest.Example;

    [Fact]
    public async Task An_agency_opens_and_closes_offices_and_programmes()
    {
        await DoAsync("/api/agencies", new RegisterAgencyRequest("drop-in", "Drop-in centre", AgencyKind.PeerRun));
        await DoAsync("/api/agencies/drop-in/offices", new OpenOfficeRequest("harbour", "Harbour"));
        await DoAsync("/api/agencies/drop-in/programs", new OpenProgramRequest("warm-line", "Warm line", 0));
        var open = (await DirectoryAsync())["drop-in"]!;
        await DoAsync("/api/agencies/drop-in/offices/harbour/close", Because);
        await DoAsync("/api/agencies/drop-in/programs/warm-line/close", Because);
        var closed = (await DirectoryAsync())["drop-in"]!;

        open["offices"]![0]!["isOpen"]!.GetValue<bool>().ShouldBeTrue();
        open["programs"]![0]!["intercept"]!.GetValue<int>().ShouldBe(0);
        closed["offices"]![0]!["isOpen"]!.GetValue<bool>().ShouldBeFalse();
        closed["programs"]![0]!["isOpen"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Staff_come_move_are_supervised_and_go()
    {
        await DoAsync("/api/staff", new EngageStaffRequest("mover", Role.Agent, "dcc", "north"));
        await DoAsync("/api/staff/mover/supervisor", new AssignSupervisorRequest(Supervisor.Id));
        await DoAsync("/api/staff/mover/move", new MoveStaffRequest("dcc", "south"));
        var moved = await StaffAsync("mover");
        await DoAsync("/api/staff/mover/depart", Because);
        var gone = await StaffAsync("mover");

        moved["officeId"]!.GetValue<string>().ShouldBe("south");
        moved["supervisorId"]!.GetValue<string>().ShouldBe(Supervisor.Id);
        gone["departed"]!.GetValue<bool>().ShouldBeTrue();
        (await county.GetAsync(new Actor("mover", Role.Agent, "demo", "dcc", "south"), "/api/policies")).ShouldBeProblem(403, "not-in-directory");
    }

    [Fact]
    public async Task Oversight_begins_and_ends()
    {
        await DoAsync("/api/staff", new EngageStaffRequest("overseer", Role.AgentSupervisor, "dcc", "north"));
        (await county.PostAsync(Administrator, "/api/staff/overseer/oversight")).Status.ShouldBe(204);
        (await StaffAsync("overseer"))["oversight"]!.GetValue<bool>().ShouldBeTrue();
        await DoAsync("/api/staff/overseer/oversight/end", Because);
        (await StaffAsync("overseer"))["oversight"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task An_auditor_gets_a_grant_for_a_time()
    {
        await DoAsync("/api/staff", new EngageStaffRequest("auditor-1", Role.Auditor, "dcc"));
        var ask = new GiveAuditGrantDoor.Request("Yearly audit", DateTimeOffset.UtcNow.AddDays(10), Guid.CreateVersion7());

        var given = await county.PostAsync(Administrator, "/api/staff/auditor-1/audit-grants", ask);
        var again = await county.PostAsync(Administrator, "/api/staff/auditor-1/audit-grants", ask);
        var ended = await county.PostAsync(Administrator, $"/api/audit-grants/{ask.GrantId}/end", Because);

        given.Status.ShouldBe(201, given.Text);
        given.Json["grantId"]!.GetValue<Guid>().ShouldBe(ask.GrantId!.Value);
        again.Status.ShouldBe(200, again.Text);
        ended.Status.ShouldBe(204, ended.Text);
        var grants = (await county.GetAsync(Officer, "/api/directory")).Json["auditGrants"]!.AsArray();
        grants.Single(grant => grant!["grantId"]!.GetValue<Guid>() == ask.GrantId)!["endedAt"].ShouldNotBeNull();
        (await county.GetAsync(Supervisor, "/api/directory")).Json["auditGrants"].ShouldBeNull();
    }

    [Fact]
    public async Task What_was_done_before_is_done_and_moves_nothing()
    {
        var before = await county.GetAsync(Administrator, "/api/directory");
        var again = await county.PostAsync(Administrator, "/api/agencies/dcc/offices", new OpenOfficeRequest("north", "North office"));

        again.Status.ShouldBe(204);
        again.ETag.ShouldBe(before.ETag);
    }

    [Fact]
    public async Task Every_refusal_has_its_status_and_code()
    {
        await DoAsync("/api/staff", new EngageStaffRequest("auditor-2", Role.Auditor, "dcc"));
        await DoAsync("/api/staff", new EngageStaffRequest("chief", Role.AgentSupervisor, "dcc", "north"));
        await DoAsync("/api/staff", new EngageStaffRequest("deputy", Role.AgentSupervisor, "dcc", "north"));
        await DoAsync("/api/staff/deputy/supervisor", new AssignSupervisorRequest("chief"));
        await DoAsync("/api/agencies/dcc/programs", new OpenProgramRequest("day-report", "Day report", 5));
        var tomorrow = DateTimeOffset.UtcNow.AddDays(1);
        var grant = Guid.CreateVersion7();
        await DoAsync("/api/staff/auditor-2/audit-grants", new GiveAuditGrantDoor.Request("Audit", tomorrow, grant));

        (string Path, object? Body, int Status, string Code)[] refusals =
        [
            ("/agencies", new RegisterAgencyRequest("dcc", "Another", AgencyKind.Police), 409, "agency-registered-differently"),
            ("/agencies", new RegisterAgencyRequest("Not A Slug", "Another", AgencyKind.Police), 400, "validation-failed"),
            ("/agencies", new RegisterAgencyRequest("ok", "two\nlines", AgencyKind.Police), 400, "validation-failed"),
            ("/agencies/nobody/offices", OpenOfficeRequest.Example, 404, "agency-not-found"),
            ("/agencies/dcc/offices", new OpenOfficeRequest("north", "Other name"), 409, "office-opened-differently"),
            ("/agencies/dcc/offices/west/close", Because, 404, "office-not-found"),
            ("/agencies/dcc/offices/north/close", Because, 409, "office-has-staff"),
            ("/agencies/nobody/offices/north/close", Because, 404, "agency-not-found"),
            ("/agencies/dcc/programs", new OpenProgramRequest("other", "Other", 6), 422, "intercept-out-of-range"),
            ("/agencies/dcc/programs", new OpenProgramRequest("day-report", "Other"), 409, "program-opened-differently"),
            ("/agencies/dcc/programs/none/close", Because, 404, "program-not-found"),
            ("/staff", new EngageStaffRequest(Agent.Id, Role.Agent, "dcc", "south"), 409, "staff-already-engaged"),
            ("/staff", new EngageStaffRequest("new-1", Role.Agent, "nobody", "north"), 422, "agency-unknown"),
            ("/staff", new EngageStaffRequest("new-1", Role.Agent, "dcc"), 422, "office-required"),
            ("/staff", new EngageStaffRequest("new-1", Role.Agent, "dcc", "west"), 422, "office-not-open"),
            ("/staff/nobody/move", MoveStaffRequest.Example, 404, "staff-not-found"),
            ("/staff/nobody/depart", Because, 404, "staff-not-found"),
            ("/staff/nobody/supervisor", new AssignSupervisorRequest("chief"), 404, "staff-not-found"),
            ("/staff/chief/supervisor", new AssignSupervisorRequest("nobody"), 422, "supervisor-unknown"),
            ("/staff/chief/supervisor", new AssignSupervisorRequest("chief"), 422, "own-supervisor"),
            ("/staff/coach-1/supervisor", new AssignSupervisorRequest("chief"), 422, "supervisor-of-another-agency"),
            ("/staff/auditor-2/supervisor", new AssignSupervisorRequest("chief"), 422, "supervisor-role-unfit"),
            ("/staff/chief/supervisor", new AssignSupervisorRequest("deputy"), 409, "supervision-circular"),
            ("/staff/agent-1/oversight", null, 422, "oversight-not-for-role"),
            ("/staff/nobody/oversight", null, 404, "staff-not-found"),
            ("/staff/nobody/oversight/end", Because, 404, "staff-not-found"),
            ("/staff/agent-1/audit-grants", new GiveAuditGrantDoor.Request("Audit", tomorrow), 422, "auditor-unknown"),
            ("/staff/auditor-2/audit-grants", new GiveAuditGrantDoor.Request(" ", tomorrow), 400, "validation-failed"),
            ("/staff/auditor-2/audit-grants", new GiveAuditGrantDoor.Request("Audit", DateTimeOffset.UtcNow.AddDays(-1)), 422, "audit-grant-range-empty"),
            ("/staff/auditor-2/audit-grants", new GiveAuditGrantDoor.Request("Audit", tomorrow, ValidFrom: tomorrow.AddDays(-3)), 422, "audit-grant-backdated"),
            ("/staff/auditor-2/audit-grants", new GiveAuditGrantDoor.Request("Audit", DateTimeOffset.UtcNow.AddDays(60)), 422, "audit-grant-too-long"),
            ("/staff/auditor-2/audit-grants", new GiveAuditGrantDoor.Request("Other", tomorrow, grant), 409, "audit-grant-given-differently"),
            ($"/audit-grants/{Guid.CreateVersion7()}/end", Because, 404, "audit-grant-not-found"),
        ];
        foreach (var (path, body, status, code) in refusals)
            (await county.PostAsync(Administrator, "/api" + path, body)).ShouldBeProblem(status, code);
    }

    [Fact]
    public async Task Each_jurisdiction_has_a_directory_of_its_own()
    {
        await DoAsync("/api/agencies", new RegisterAgencyRequest("only-here", "Only here", AgencyKind.Other));

        var there = await county.GetAsync(Administrator with { Jurisdiction = "elsewhere" }, "/api/directory");

        there.Text.ShouldNotContain("only-here");
        (await county.PostAsync(Administrator with { Jurisdiction = "elsewhere" }, "/api/agencies/only-here/offices", OpenOfficeRequest.Example))
            .ShouldBeProblem(404, "agency-not-found");
    }

    private async Task DoAsync(string path, object body) => (await county.PostAsync(Administrator, path, body)).ShouldSucceed();

    private async Task<Dictionary<string, System.Text.Json.Nodes.JsonNode?>> DirectoryAsync() =>
        (await county.GetAsync(Administrator, "/api/directory")).Json["agencies"]!.AsArray()
            .ToDictionary(agency => agency!["agencyId"]!.GetValue<string>());

    private async Task<System.Text.Json.Nodes.JsonNode> StaffAsync(string staffId) =>
        (await county.GetAsync(Administrator, "/api/directory")).Json["staff"]!.AsArray()
            .Single(member => member!["staffId"]!.GetValue<string>() == staffId)!;
}
