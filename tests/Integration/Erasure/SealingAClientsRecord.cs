using CaseFlow.Api.Agencies;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Erasure.ErasureStories;

namespace CaseFlow.Integration.Erasure;

/// <summary>A sealing hides a record at once, from everybody but those whom the order leaves it to, and gives it back whole.</summary>
public sealed class SealingAClientsRecord(County county) : IClassFixture<County>, IAsyncLifetime
{
    private static readonly Actor Auditor = new("sealing-auditor", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
    private static readonly Actor ForTheClient = County.Officer with { Purpose = Purpose.OwnRecord };

    public async ValueTask InitializeAsync()
    {
        await county.EngageAsync(Auditor);
        (await county.PostAsync(County.Administrator, $"/api/staff/{Auditor.Id}/audit-grants", new GiveAuditGrantDoor.Request("Review.", county.Now.AddDays(7)))).ShouldSucceed();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_clients_page_says_why_and_shows_nothing_until_it_is_lifted()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1001");
        var client = $"/api/clients/{clientId}";
        var before = await county.GetAsync(County.Agent, client);
        before.Text.ShouldContain("Plantedname");

        var orderId = await SealAsync(clientId);

        var hidden = (await county.GetAsync(County.Agent, client)).ShouldSucceed();
        hidden.Text.ShouldNotContain("Planted");
        hidden.Text.ShouldNotContain("608 555 0117");
        (hidden.Json["sealed"]!["reasonCode"]!.GetValue<string>(), hidden.Json["sealed"]!["authority"]!.GetValue<string>()).ShouldBe(("record-sealing", "court"));
        hidden.Json["erased"].ShouldBeNull();
        hidden.ETag.ShouldBe(before.ETag);
        (await county.GetAsync(County.Officer, client)).Text.ShouldNotContain("Planted", Case.Sensitive, "the order leaves it to nobody");

        await LiftAsync(clientId, orderId);

        var after = await county.GetAsync(County.Agent, client);
        after.Text.ShouldBe(before.Text);
    }

    [Fact]
    public async Task The_timeline_shows_what_kind_of_thing_it_was_and_gives_the_rest_back()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1002");
        var path = $"/api/clients/{clientId}/timeline";
        var before = (await county.AskAsync(County.Agent, path)).ShouldSucceed();
        var past = $"{path}?asRecordedPosition={before.Json["position"]!.GetValue<long>()}";

        var orderId = await SealAsync(clientId);

        foreach (var asked in new[] { path, past })
        {
            foreach (var actor in new[] { County.Agent, County.Officer, Auditor })
            {
                var items = (await county.AskAsync(actor, asked)).ShouldSucceed().Json["items"]!.AsArray();
                items.Count.ShouldBe(before.Json["items"]!.AsArray().Count);
                items.ShouldAllBe(item => item!["summary"]!.GetValue<string>() == "Sealed" && item["sealedReason"]!.GetValue<string>() == "record-sealing");
            }
        }

        await LiftAsync(clientId, orderId);
        (await county.AskAsync(County.Agent, path)).Text.ShouldBe(before.Text);
    }

    [Fact]
    public async Task Nobody_finds_the_client_by_name_or_number_until_it_is_lifted()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1003");
        Task<Reply> SearchAsync(Actor actor) => county.PostAsync(actor, "/api/clients/search", new { externalIdentifier = new { system = "doc", value = "S-1003" } });
        (await county.FindAsync(County.Agent, "S-1003")).Json.AsArray().Count.ShouldBe(1);
        (await SearchAsync(County.Officer)).ShouldSucceed().Json["items"]!.AsArray().Count.ShouldBe(1);

        var orderId = await SealAsync(clientId);

        (await county.FindAsync(County.Agent, "S-1003")).Json.AsArray().ShouldBeEmpty();
        foreach (var actor in new[] { County.Agent, County.Officer })
        {
            var found = (await SearchAsync(actor)).ShouldSucceed();
            found.Json["items"]!.AsArray().ShouldBeEmpty();
            found.Text.ShouldNotContain("Planted");
        }

        await LiftAsync(clientId, orderId);
        (await county.FindAsync(County.Agent, "S-1003")).Json.AsArray().Count.ShouldBe(1);
        (await SearchAsync(County.Agent)).Json["items"]![0]!["name"]!["familyName"]!.GetValue<string>().ShouldBe("Plantedname");
    }

    [Fact]
    public async Task Work_that_is_due_stays_in_the_queues_without_what_it_is_about()
    {
        var owed = await county.OweAsync(County.Agent);
        var referralId = await county.ReferAsync(owed);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var queue = "/api/referral-compliance?client=" + owed.ClientId;
        var (duty, inbox) = (await county.AskAsync(County.Agent, queue), await InboxAsync(referralId));

        var orderId = await SealAsync(owed.ClientId);

        var hidden = (await county.AskAsync(County.Agent, queue)).ShouldSucceed().Json["items"]!.AsArray().Single()!;
        (hidden["isSealed"]!.GetValue<bool>(), hidden["dueAt"]!.GetValue<string>()).ShouldBe((true, duty.Json["items"]![0]!["dueAt"]!.GetValue<string>()));
        (hidden["overdoses"]!.AsArray().Count, hidden["referral"]).ShouldBe((0, null));
        (await county.AskAsync(County.Agent, "/api/caseload")).Json["items"]!.AsArray().ShouldContain(item => item!["clientId"]!.GetValue<Guid>() == owed.ClientId);
        var received = await InboxAsync(referralId);
        (received["isSealed"]!.GetValue<bool>(), received["message"]).ShouldBe((true, null));
        foreach (var path in new[]
                 {
                     $"/api/referral-compliance/{owed.DutyId}", $"/api/clients/{owed.ClientId}/referral-duty", $"/api/overdoses/{owed.OverdoseId}", $"/api/referrals/{referralId}",
                 })
        {
            (await county.AskAsync(County.Agent, path)).ShouldBeProblem(403, "record-sealed");
        }

        (await county.GetAsync(County.Coach, $"/api/referrals/{referralId}/intake")).ShouldBeProblem(403, "record-sealed");
        (await county.GetAsync(County.Supervisor, $"/api/clients/{owed.ClientId}/supervision")).ShouldSucceed();

        await LiftAsync(owed.ClientId, orderId);
        (await InboxAsync(referralId)).ToJsonString().ShouldBe(inbox.ToJsonString());
        (await county.AskAsync(County.Agent, $"/api/overdoses/{owed.OverdoseId}")).ShouldSucceed();
    }

    [Fact]
    public async Task Every_door_of_one_client_that_shows_content_is_closed_to_everybody_whom_the_order_does_not_name()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1005");
        var walked = 0;
        await SealAsync(clientId);

        foreach (var (route, _) in county.Routes.Where(one => one.Route.Method == "GET" && one.Route.Pattern.Contains("{clientId", StringComparison.Ordinal)))
        {
            var path = System.Text.RegularExpressions.Regex.Replace(route.Pattern, @"\{clientId[^}]*\}", clientId.ToString());
            if (path.Contains('{'))
                continue;
            foreach (var actor in new[] { County.Agent, County.Officer, Auditor }.Where(actor => route.Admits(actor.Role)))
            {
                var reply = await county.AskAsync(actor, path);
                reply.Text.ShouldNotContain("Planted", Case.Sensitive, $"{actor.Id}: {path}");
                reply.Status.ShouldBeOneOf(200, 403, 404, 422);
                walked++;
            }
        }

        walked.ShouldBeGreaterThan(10);
        (await county.GetAsync(County.Officer, $"/api/clients/{clientId}/consents")).ShouldBeProblem(403, "record-sealed");
        (await county.GetAsync(County.Officer, $"/api/clients/{clientId}/accounting")).ShouldBeProblem(403, "record-sealed");
        (await county.GetAsync(County.Officer, PathOf(clientId) + "?asOf=2026-03-01T00:00:00Z")).ShouldBeProblem(400, "unknown-parameter", "asOf");
    }

    [Fact]
    public async Task Those_whom_the_order_names_see_it_as_before()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1006");
        var before = await county.GetAsync(County.Agent, $"/api/clients/{clientId}");

        await SealAsync(clientId, leftTo: [new { agencyId = "dcc", role = "agent" }]);

        (await county.GetAsync(County.Agent, $"/api/clients/{clientId}")).Text.ShouldBe(before.Text);
        (await county.GetAsync(County.Supervisor, $"/api/clients/{clientId}")).Text.ShouldNotContain("Planted");
        (await county.FindAsync(County.Agent, "S-1006")).Json.AsArray().Count.ShouldBe(1);
        (await county.FindAsync(County.Supervisor, "S-1006")).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_is_closed_by_the_order_is_no_disclosure_and_spends_no_consent()
    {
        var clientId = await county.SuperviseAsync(County.Agent);
        var told = new RecordTold(clientId, "recovery-coaches", "timeline", "progress", DisclosureBasis.Consent, Guid.CreateVersion7());
        var desk = county.Service<DisclosureDesk>();
        async Task<IReadOnlyList<object>> ToldAsync() =>
            [.. (await county.Database.Store.ReadStreamAsync("demo", StreamIds.Disclosures(clientId), cancellation: TestContext.Current.CancellationToken)).Events.Select(one => one.Data)];

        var orderId = await SealAsync(clientId, leftTo: [new { agencyId = "dcc", role = "agent-supervisor" }]);
        await desk.RecordAsync(County.Agent, [told], noticeVersion: null, TestContext.Current.CancellationToken);
        await desk.EndConsentAsync(County.Agent, told, TestContext.Current.CancellationToken);
        (await ToldAsync()).ShouldBeEmpty();

        await desk.RecordAsync(County.Supervisor, [told], noticeVersion: null, TestContext.Current.CancellationToken);
        await LiftAsync(clientId, orderId);
        await desk.RecordAsync(County.Agent, [told], noticeVersion: null, TestContext.Current.CancellationToken);
        (await ToldAsync()).Cast<DisclosureMade>().Select(made => made.Recipient.StaffId).ShouldBe([County.Supervisor.Id, County.Agent.Id]);
    }

    [Fact]
    public async Task The_client_keeps_the_copy_of_the_own_record_unless_the_order_says_otherwise()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1007");
        var copy = new RecordsAsk(new(ProofOfIdentity.PhotoDocument), "Everything.", Guid.CreateVersion7());
        (await county.PostAsync(County.Officer, $"/api/clients/{clientId}/records-requests", copy)).ShouldSucceed();
        var path = $"/api/clients/{clientId}/records-requests/{copy.RequestId}/copy";

        var first = await SealAsync(clientId);
        (await county.AskAsync(ForTheClient, path)).ShouldSucceed().Text.ShouldContain("Plantedname");
        await LiftAsync(clientId, first);
        await SealAsync(clientId, reference: "2026 SE 2", leftToClient: false);
        (await county.AskAsync(ForTheClient, path)).ShouldBeProblem(403, "record-sealed");
    }

    [Fact]
    public async Task An_order_told_again_to_leave_the_record_to_fewer_is_refused_rather_than_ignored()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1013");
        object[] both = [new { agencyId = "dcc", role = "agent" }, new { agencyId = "recovery-coaches" }];
        var orderId = await SealAsync(clientId, leftTo: both);
        Task<Reply> AgainAsync(object[] leftTo) => county.PostAsync(County.Officer, PathOf(clientId) + "/orders", Order("2026 SE 1", leftTo));

        (await AgainAsync([both[1]])).ShouldBeProblem(409, "order-recorded-differently");
        (await AgainAsync([both[1], both[0]])).ShouldSucceed().Json["orderId"]!.GetValue<Guid>().ShouldBe(orderId);
    }

    [Fact]
    public async Task An_auditor_sees_that_it_is_sealed_by_whom_and_when_it_was_lifted()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1008");
        var orderId = await SealAsync(clientId);

        var skeleton = (await county.GetAsync(Auditor, PathOf(clientId))).ShouldSucceed().Json;
        (skeleton["isSealed"]!.GetValue<bool>(), skeleton["isErased"]!.GetValue<bool>()).ShouldBe((true, false));
        (skeleton["orders"]![0]!["step"]!.GetValue<string>(), skeleton["orders"]![0]!["reference"]!.GetValue<string>()).ShouldBe(("ordered", "2026 SE 1"));

        await LiftAsync(clientId, orderId);
        skeleton = (await county.GetAsync(Auditor, PathOf(clientId))).Json;
        skeleton["isSealed"]!.GetValue<bool>().ShouldBeFalse();
        (skeleton["orders"]![0]!["step"]!.GetValue<string>(), skeleton["orders"]![0]!["liftReference"]!.GetValue<string>()).ShouldBe(("lifted", "2026 SE 1 b"));
    }

    [Fact]
    public async Task What_is_lifted_is_not_expunged_and_what_is_expunged_is_not_lifted()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1009");
        var orderId = await SealAsync(clientId);
        (await LiftingAsync(clientId, orderId, "agency")).ShouldBeProblem(422, "sealing-lifted-by-court-alone", "authority");
        await LiftAsync(clientId, orderId);
        (await county.ApplyAsync(clientId, orderId)).ShouldBeProblem(409, "sealing-lifted");
        (await county.PostAsync(County.Officer, PathOf(clientId) + "/orders", Order("2026 SE 1"))).ShouldBeProblem(409, "sealing-lifted");

        var expunged = await county.OrderAsync(clientId);
        (await county.ApplyAsync(clientId, expunged)).ShouldSucceed();
        (await LiftingAsync(clientId, expunged)).ShouldBeProblem(409, "already-erased");
        (await county.PostAsync(County.Agent, $"{PathOf(clientId)}/orders/{orderId}/lift", LiftBody("court"))).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(County.Officer, PathOf(clientId) + "/orders", Order("x", [new { agencyId = "nobody" }]))).Status.ShouldBe(409);
        var other = await county.KnownAsync(County.Agent, "S-1010");
        (await county.PostAsync(County.Officer, PathOf(other) + "/orders", Order("x", [new { agencyId = "nobody" }]))).ShouldBeProblem(422, "sealing-left-to-unknown", "leftTo");
    }

    [Fact]
    public async Task Lifting_it_twice_at_once_lifts_it_once()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1011");
        var orderId = await SealAsync(clientId);
        var version = await county.VersionAsync(County.Officer, PathOf(clientId));

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            county.ChangeAsync(County.Officer, $"{PathOf(clientId)}/orders/{orderId}/lift", version, LiftBody("court"))));

        replies.Count(reply => reply.Status < 300).ShouldBeGreaterThanOrEqualTo(1);
        replies.ShouldAllBe(reply => reply.Status < 300 || reply.Status == 412);
        (await county.Database.Store.ReadStreamAsync("demo", StreamIds.Erasure(clientId), cancellation: TestContext.Current.CancellationToken)).Events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_strangers_sealed_client_is_nobody()
    {
        var clientId = await county.KnownAsync(County.Agent, "S-1012");
        await SealAsync(clientId);

        foreach (var path in new[] { "", "/timeline", "/supervision" })
            await county.ShouldNotExistAsync(County.SouthAgent, clientId, id => county.GetAsync(County.SouthAgent, $"/api/clients/{id}{path}"));
    }

    private static object Order(string reference, object[]? leftTo = null, bool leftToClient = true) =>
        new { scope = "wholeRecord", authority = "court", reasonCode = "record-sealing", reference, leftTo = leftTo ?? [], leftToClient };

    private static object LiftBody(string authority) => new { authority, reference = "2026 SE 1 b" };

    private async Task<Guid> SealAsync(Guid clientId, string reference = "2026 SE 1", object[]? leftTo = null, bool leftToClient = true) =>
        (await county.PostAsync(County.Officer, PathOf(clientId) + "/orders", Order(reference, leftTo, leftToClient))).ShouldSucceed().Json["orderId"]!.GetValue<Guid>();

    private async Task LiftAsync(Guid clientId, Guid orderId) => (await LiftingAsync(clientId, orderId)).ShouldSucceed();

    private async Task<Reply> LiftingAsync(Guid clientId, Guid orderId, string authority = "court") => await county.ChangeAsync(
        County.Officer, $"{PathOf(clientId)}/orders/{orderId}/lift", await county.VersionAsync(County.Officer, PathOf(clientId)), LiftBody(authority));

    private async Task<System.Text.Json.Nodes.JsonNode> InboxAsync(Guid referralId) =>
        (await county.AskAsync(County.Coach, "/api/referral-inbox?limit=200")).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["referralId"]!.GetValue<Guid>() == referralId)!;
}
