using CaseFlow.Api.Agencies;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
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
    public async Task What_those_who_watch_over_records_read_is_marked_by_whose_records_the_answer_tells_of()
    {
        (await county.PostAsync(Administrator, "/api/agencies/dcc/record-status", new RecordStatusRequest(
            new RecordStatus(Part2Status.NotPart2, Cji: true), "Corrections holds criminal justice information."))).ShouldSucceed();
        var auditor = new Actor("auditor-9", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
        await county.EngageAsync(auditor);
        (await county.PostAsync(Administrator, $"/api/staff/{auditor.Id}/audit-grants", new GiveAuditGrantDoor.Request("Yearly audit.", county.Now.AddDays(7)))).ShouldSucceed();
        var clientId = await county.NamedAsync(Agent, "Robin", "Planted");
        var client = $"/api/clients/{clientId}";
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        await county.GrantedAsync(clientId);
        var overdoseId = await county.ReportAsync(Dispatcher, clientId);
        (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();
        (await county.PostAsync(Coach, client + "/emergency-access", new EmergencyDoors.UseRequest(EmergencyReason.Overdose, "Found unconscious."))).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var before = (await AllAsync(clientId, "")).Count + 1;

        (await county.GetAsync(Officer, client)).ShouldSucceed().Text.ShouldContain("Planted");
        (await county.PostAsync(Officer, "/api/clients/search", new SearchClientsDoor.Request(FamilyName: "Planted"))).ShouldSucceed().Text.ShouldContain("Planted");
        (await county.AskAsync(auditor, $"/api/referral-compliance?client={clientId}")).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem();
        (await county.AskAsync(auditor, $"/api/referral-compliance/counts?client={clientId}")).ShouldSucceed();
        (await county.GetAsync(Officer, $"{client}/consents")).ShouldSucceed();
        (await county.GetAsync(Officer, $"{client}/emergency-access")).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem();
        (await county.GetAsync(Officer, $"/api/overdoses/{overdoseId}")).ShouldSucceed();
        (await county.GetAsync(Officer, $"{client}/erasure")).ShouldSucceed();
        (await county.GetAsync(Officer, $"{client}/retention")).ShouldSucceed();
        (await county.GetAsync(auditor, $"{client}/access")).ShouldSucceed();

        var reads = (await AllAsync(clientId, "?limit=200"))[..^before];
        reads.Where(read => read.Cji).Select(read => read.Operation).ShouldBe(
            ["countReferralCompliance", "listReferralCompliance", "readClient", "searchClients"], ignoreOrder: true);
        reads.Where(read => !read.Cji).Select(read => read.Operation).ShouldBe(
            ["listAccesses", "listConsents", "readEmergencyAccess", "readErasure", "readOverdose", "readRetention"], ignoreOrder: true);
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

    private async Task<List<(string Actor, string Operation, bool Cji)>> AllAsync(Guid clientId, string query) =>
    [
        .. (await county.GetAsync(Officer, $"/api/clients/{clientId}/access{query}")).ShouldSucceed().Json["items"]!.AsArray()
            .Select(item => (item!["actorId"]!.GetValue<string>(), item["operation"]!.GetValue<string>(), item["cji"]!.GetValue<bool>())),
    ];
}
