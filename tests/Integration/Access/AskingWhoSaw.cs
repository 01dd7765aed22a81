using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Api.Agencies;
using CaseFlow.Domain;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Access;

/// <summary>"Who saw this client's record?"</summary>
public sealed class AskingWhoSaw(County county) : IClassFixture<County>
{
    [Fact]
    public async Task The_latest_comes_first_with_who_what_and_why()
    {
        var clientId = await county.SuperviseAsync(Agent);
        (await county.GetAsync(Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed();
        (await county.GetAsync(Colleague, $"/api/clients/{clientId}")).Status.ShouldBe(404);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        (await county.GetAsync(Supervisor, "/api/caseload")).ShouldSucceed();

        var items = await AllAsync(Officer, clientId);

        items.Select(item => (Text(item, "actorId"), Text(item, "operation"), Text(item, "outcome"))).ShouldBe(
        [
            ("supervisor-1", "listCaseload", "shown"), ("agent-2", "readClient", "notFound"), ("agent-1", "readTimeline", "restricted"),
        ]);
        items[0]["clientsShown"]!.GetValue<int>().ShouldBeGreaterThan(0);
        items[1]["clientsShown"]!.GetValue<int>().ShouldBe(0);
        (Text(items[2], "role"), Text(items[2], "purpose"), Text(items[2], "agencyId"), Text(items[2], "view")).ShouldBe(("agent", "supervision", "dcc", "timeline"));
        items.ShouldAllBe(item => !item.AsObject().ContainsKey("subjectIds"));
    }

    [Fact]
    public async Task Asking_is_itself_a_read()
    {
        var clientId = await county.SuperviseAsync(Agent);

        (await AllAsync(Officer, clientId)).ShouldBeEmpty();

        var item = (await AllAsync(Officer, clientId)).Single();
        (Text(item, "actorId"), Text(item, "operation"), Text(item, "view")).ShouldBe(("privacy-1", "listAccesses", "access"));
    }

    [Fact]
    public async Task Pages_hold_everything_once_while_others_go_on_reading()
    {
        var clientId = await county.SuperviseAsync(Agent);
        for (var n = 0; n < 7; n++)
            (await county.GetAsync(Agent, $"/api/clients/{clientId}")).ShouldSucceed();

        var seen = new List<string>();
        var next = $"/api/clients/{clientId}/access?limit=3";
        var pages = 0;
        while (next is not null)
        {
            var page = (await county.GetAsync(Officer, next)).ShouldSucceed();
            seen.AddRange(page.Json["items"]!.AsArray().Select(item => Text(item!, "accessId")));
            next = page.Json["next"]?.GetValue<string>();
            pages++;
            (await county.GetAsync(Agent, $"/api/clients/{clientId}/supervision")).ShouldSucceed();
        }

        pages.ShouldBe(3);
        seen.Count.ShouldBe(7);
        seen.Distinct().Count().ShouldBe(7);
    }

    [Fact]
    public async Task Narrowed_to_a_reader_and_a_time()
    {
        var clientId = await county.SuperviseAsync(Agent);
        (await county.GetAsync(Agent, $"/api/clients/{clientId}")).ShouldSucceed();
        (await county.GetAsync(Supervisor, $"/api/clients/{clientId}")).ShouldSucceed();
        (await county.GetAsync(Agent, $"/api/clients/{clientId}/supervision")).ShouldSucceed();
        var all = await AllAsync(Officer, clientId);
        all.Count.ShouldBe(3);

        (await AllAsync(Officer, clientId, "actor=agent-1")).Select(item => Text(item, "operation")).ShouldBe(["readSupervision", "readClient"]);
        (await AllAsync(Officer, clientId, "actor=nobody")).ShouldBeEmpty();
        var middle = Uri.EscapeDataString(Text(all[1], "at"));
        (await AllAsync(Officer, clientId, $"actor=agent-1&from={middle}")).Select(item => Text(item, "operation")).ShouldBe(["readSupervision"]);
        (await AllAsync(Officer, clientId, $"to={middle}")).Select(item => Text(item, "operation")).ShouldBe(["readClient"]);
        (await AllAsync(Officer, clientId, $"from={middle}&to={middle}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_who_watches_over_it_may_ask_and_a_stranger_does_not_learn_who_exists()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var path = $"/api/clients/{clientId}/access";
        var auditor = new Actor("access-auditor", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
        await county.EngageAsync(auditor);

        foreach (var actor in new[] { Agent, Supervisor, Coach, Administrator, Feed, Dispatcher })
            (await county.GetAsync(actor, path)).ShouldBeProblem(403, "role-not-allowed");
        (await county.GetAsync(auditor, path)).ShouldBeProblem(403, "no-audit-grant");
        (await county.PostAsync(Administrator, $"/api/staff/{auditor.Id}/audit-grants", new GiveAuditGrantDoor.Request("Yearly audit.", county.Now.AddDays(7)))).ShouldSucceed();
        (await county.GetAsync(auditor, path)).ShouldSucceed();
        await county.ShouldNotExistAsync(Officer with { Jurisdiction = "elsewhere" }, clientId, id => county.GetAsync(Officer with { Jurisdiction = "elsewhere" }, $"/api/clients/{id}/access"));
        (await county.GetAsync(Officer, $"/api/clients/{Guid.CreateVersion7()}/access")).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_question_and_its_asker()
    {
        var clientId = await county.SuperviseAsync(Agent);
        for (var n = 0; n < 3; n++)
            (await county.GetAsync(Agent, $"/api/clients/{clientId}")).ShouldSucceed();
        var next = (await county.GetAsync(Officer, $"/api/clients/{clientId}/access?limit=1")).ShouldSucceed().Json["next"]!.GetValue<string>();

        (await county.GetAsync(Officer with { Id = "privacy-2" }, next)).ShouldBeProblem(400, "bad-cursor");
        (await county.GetAsync(Officer, next + "&actor=agent-1")).ShouldBeProblem(400, "bad-cursor");
        (await county.GetAsync(Officer, next.Replace(clientId.ToString(), Guid.CreateVersion7().ToString(), StringComparison.Ordinal))).Status.ShouldBeOneOf(400, 404);
        (await county.GetAsync(Officer, next)).ShouldSucceed();
    }

    private async Task<IReadOnlyList<JsonNode>> AllAsync(Actor actor, Guid clientId, string query = "") =>
        [.. (await county.GetAsync(actor, $"/api/clients/{clientId}/access?limit=200{(query.Length > 0 ? "&" : "")}{query}")).ShouldSucceed().Json["items"]!.AsArray()
            .Select(item => item!)];

    private static string Text(JsonNode item, string member) => Convert.ToString(item[member]!.GetValue<object>(), CultureInfo.InvariantCulture)!;
}
