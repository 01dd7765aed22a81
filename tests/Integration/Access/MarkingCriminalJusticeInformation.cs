using CaseFlow.Api.Agencies;
using CaseFlow.Domain.Agencies;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Access;

/// <summary>"Who saw criminal justice information of this client?" (CJIS Security Policy; R64)</summary>
public sealed class MarkingCriminalJusticeInformation : IAsyncLifetime
{
    private County county = null!;

    public async ValueTask InitializeAsync() => county = await County.WithAsync();

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task A_read_that_told_some_is_marked_and_asked_for_alone_and_any_other_is_not()
    {
        (await county.PostAsync(Administrator, "/api/agencies/dcc/record-status", new RecordStatusRequest(
            new RecordStatus(Part2Status.NotPart2, Cji: true), "Corrections holds criminal justice information."))).ShouldSucceed();
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Json["items"]!.AsArray().ShouldNotBeEmpty();
        (await county.GetAsync(Agent, $"/api/clients/{clientId}/supervision")).ShouldSucceed();
        (await county.GetAsync(Officer, $"/api/clients/{clientId}/supervision")).ShouldSucceed();
        (await county.GetAsync(Coach, $"/api/clients/{clientId}")).ShouldSucceed();
        (await county.AskAsync(Officer, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Text.ShouldNotContain("\"CJI\"");
        (await county.GetAsync(Colleague, $"/api/clients/{clientId}/supervision")).Status.ShouldBe(404);

        var marked = await AllAsync(clientId, "?cji=true");
        marked.ShouldBe(
            [("privacy-1", "readSupervision", true), ("agent-1", "readSupervision", true), ("agent-1", "readTimeline", true)], "the latest first, and nothing else");
        var all = await AllAsync(clientId, "");
        all.Where(read => read.Cji).ShouldBe(marked);
        all.Where(read => !read.Cji).Select(read => (read.Actor, read.Operation)).ShouldBe(
            [("privacy-1", "listAccesses"), ("agent-2", "readSupervision"), ("privacy-1", "readTimeline"), ("coach-1", "readClient")]);
        (await AllAsync(clientId, "?cji=true&actor=agent-1")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Where_no_agency_holds_any_no_read_is_marked()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ContactAsync(Agent, clientId);
        (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed();
        (await county.GetAsync(Agent, $"/api/clients/{clientId}/supervision")).ShouldSucceed();

        (await AllAsync(clientId, "?cji=true")).ShouldBeEmpty();
        (await AllAsync(clientId, "")).Count.ShouldBe(3);
    }

    private async Task<IReadOnlyList<(string Actor, string Operation, bool Cji)>> AllAsync(Guid clientId, string query) =>
    [
        .. (await county.GetAsync(Officer, $"/api/clients/{clientId}/access{query}")).ShouldSucceed().Json["items"]!.AsArray()
            .Select(item => (item!["actorId"]!.GetValue<string>(), item["operation"]!.GetValue<string>(), item["cji"]!.GetValue<bool>())),
    ];
}
