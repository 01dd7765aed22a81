using CaseFlow.Api.Clients;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Erasure.ErasureStories;

namespace CaseFlow.Integration.Erasure;

public sealed class ErasingAClientsRecord(County county) : IClassFixture<County>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_is_gone_and_the_skeleton_says_when_why_and_by_whose_authority()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1001");
        var before = await county.GetAsync(County.Agent, $"/api/clients/{clientId}");
        var orderId = await county.OrderAsync(clientId);

        var applied = await county.ApplyAsync(clientId, orderId);

        applied.ShouldSucceed();
        applied.Json["unusableEverywhereBy"]!.GetValue<DateTimeOffset>().ShouldBeLessThanOrEqualTo(county.Now + AesGcmSealer.LongestInMemory);
        var after = (await county.GetAsync(County.Agent, $"/api/clients/{clientId}")).ShouldSucceed();
        after.Text.ShouldNotContain("Planted");
        (after.Json["name"], after.Json["bornOn"]).ShouldBe((null, null));
        after.Json["code"]!.GetValue<string>().ShouldBe(before.Json["code"]!.GetValue<string>());
        after.ETag.ShouldBe(before.ETag);
        after.Json["erased"]!["reasonCode"]!.GetValue<string>().ShouldBe("adult-expunction");

        var skeleton = (await county.GetAsync(County.Officer, PathOf(clientId))).ShouldSucceed().Json;
        skeleton["isErased"]!.GetValue<bool>().ShouldBeTrue();
        var order = skeleton["orders"]![0]!;
        (order["authority"]!.GetValue<string>(), order["reference"]!.GetValue<string>(), order["step"]!.GetValue<string>()).ShouldBe(("court", "2026 EX 14", "keyDestroyed"));
        order["keysDestroyedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task The_timeline_keeps_what_kind_of_thing_it_was_and_when_and_counts_as_many()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1002");
        var before = (await county.AskAsync(County.Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Json["items"]!.AsArray();

        await county.EraseAsync(clientId);

        var after = (await county.AskAsync(County.Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Json["items"]!.AsArray();
        after.Select(item => (item!["kind"]!.GetValue<string>(), item["occurredAt"]!.GetValue<string>()))
            .ShouldBe(before.Select(item => (item!["kind"]!.GetValue<string>(), item["occurredAt"]!.GetValue<string>())));
        after.ShouldAllBe(item => item!["summary"]!.GetValue<string>() == "Erased" && item["erasedReason"]!.GetValue<string>() == "adult-expunction");
        (await county.GetAsync(County.Agent, $"/api/clients/{clientId}/timeline?asRecorded={Uri.EscapeDataString(county.Now.AddSeconds(-1).ToString("O"))}")).Text
            .ShouldNotContain("Supervision started");
    }

    [Fact]
    public async Task The_number_finds_nobody_before_and_after_a_rebuild_and_may_be_anothers()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1003");
        (await county.FindAsync(County.Agent, "A-1003")).Json.AsArray().Count.ShouldBe(1);
        (await CountAsync("select count(*) from views.client_search_terms where client_id = $1", clientId)).ShouldBeGreaterThan(0);

        await county.EraseAsync(clientId);

        (await county.FindAsync(County.Agent, "A-1003")).Json.AsArray().ShouldBeEmpty();
        (await CountAsync("select count(*) from views.client_search_terms where client_id = $1", clientId)).ShouldBe(0);
        var verdicts = new List<CaseFlow.EventStore.Views.Rebuilding.ViewVerdict>();
        await foreach (var verdict in county.Database.VerifyAsync(null, _ => { }, Stop))
            verdicts.Add(verdict);
        verdicts.ShouldAllBe(verdict => verdict.IsSame, string.Join("; ", verdicts.Where(verdict => !verdict.IsSame).Select(verdict => $"{verdict.View} {verdict.Why}")));
        await county.Database.RebuildAsync("client_identifiers", (_, _) => { }, Stop);
        (await county.FindAsync(County.Agent, "A-1003")).Json.AsArray().ShouldBeEmpty();
        await county.KnownAsync(County.Colleague, "A-1003");
        (await county.FindAsync(County.Agent, "A-1003")).Json.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_personal_content_can_be_recorded_any_more_and_plain_facts_can()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1004");
        await county.EraseAsync(clientId);

        (await county.PostAsync(County.Agent, $"/api/clients/{clientId}/aliases", new AliasRequest("Again"))).ShouldBeProblem(409, "content-erased");
        var version = await county.VersionAsync(County.Supervisor, $"/api/clients/{clientId}/supervision");
        (await county.ChangeAsync(County.Supervisor, $"/api/clients/{clientId}/supervision/end", version, new { reason = "completed" })).ShouldSucceed();
    }

    [Fact]
    public async Task What_the_sealing_hid_the_expunction_does_not_show_again()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1031");
        var client = $"/api/clients/{clientId}";
        var asked = new RecordsAsk(new(ProofOfIdentity.PhotoDocument), "Everything.", Guid.CreateVersion7());
        (await county.PostAsync(County.Officer, client + "/records-requests", asked)).ShouldSucceed();
        (await county.PostAsync(County.Agent, client + "/identity/verify", VerifyIdentityRequest.Example)).ShouldSucceed();
        (await county.PostAsync(County.Agent, client + "/death", DeathRequest.Example)).ShouldSucceed();
        var whole = (await county.GetAsync(County.Agent, client)).Json;
        (whole["verified"] is null, whole["death"] is null).ShouldBe((false, false));

        var orderId = await county.OrderAsync(clientId);
        await ShouldTellNeitherAsync();
        (await county.ApplyAsync(clientId, orderId)).ShouldSucceed();
        await ShouldTellNeitherAsync();

        var copy = await county.GetAsync(County.Officer with { Purpose = Purpose.OwnRecord }, $"{client}/records-requests/{asked.RequestId}/copy");
        var copied = copy.ShouldSucceed().Json["client"]!;
        (copied["verified"], copied["death"]).ShouldBe((null, null));
        copied["erased"].ShouldNotBeNull();

        async Task ShouldTellNeitherAsync()
        {
            var shown = (await county.GetAsync(County.Agent, client)).ShouldSucceed().Json;
            (shown["verified"], shown["death"]).ShouldBe((null, null));
        }
    }

    [Fact]
    public async Task A_legal_hold_blocks_it_until_it_is_released()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1005");
        var held = (await county.PostAsync(County.Officer, PathOf(clientId) + "/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "letter 3" })).ShouldSucceed();
        var orderId = await county.OrderAsync(clientId);

        (await county.ApplyAsync(clientId, orderId)).ShouldBeProblem(409, "legal-hold-in-force");
        (await county.GetAsync(County.Agent, $"/api/clients/{clientId}")).Json["erased"].ShouldBeNull("sealed, and nothing of it is gone");

        (await ReleaseAsync("client")).ShouldBeProblem(422, "legal-hold-released-by-another", "authority");
        (await county.ApplyAsync(clientId, orderId)).ShouldBeProblem(409, "legal-hold-in-force");
        (await ReleaseAsync("prosecutor")).ShouldSucceed();
        (await county.ApplyAsync(clientId, orderId)).ShouldSucceed();
        (await county.GetAsync(County.Agent, $"/api/clients/{clientId}")).Text.ShouldNotContain("Plantedname");

        async Task<Reply> ReleaseAsync(string authority) => await county.ChangeAsync(
            County.Officer, $"{PathOf(clientId)}/holds/{held.Json["holdId"]!.GetValue<Guid>()}/release",
            await county.VersionAsync(County.Officer, PathOf(clientId)), new { authority });
    }

    [Fact]
    public async Task The_same_order_twice_and_at_once_is_recorded_once_and_listed_once()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1006");
        var orders = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => county.OrderAsync(clientId)));
        orders.Distinct().ShouldHaveSingleItem();

        (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => county.ApplyAsync(clientId, orders[0])))).ShouldContain(reply => (int)reply.Status == 200);
        (await county.ApplyAsync(clientId, orders[0])).ShouldSucceed();

        (await county.Database.Store.ReadStreamAsync("demo", CaseFlow.Domain.StreamIds.Erasure(clientId), cancellation: Stop))
            .Events.Select(recorded => recorded.Data.GetType()).ShouldBe([typeof(SealingOrdered), typeof(ExpunctionApplied), typeof(KeyDestroyed)]);
        county.Database.Keys.Erasures.Read().Count(erasure => erasure.ClientId == clientId).ShouldBe(1);
    }

    [Fact]
    public async Task It_is_the_privacy_officers_alone_and_another_jurisdictions_client_does_not_exist()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1007");
        var order = new { scope = "wholeRecord", authority = "court", reasonCode = "adult-expunction", reference = "x" };
        foreach (var actor in new[] { County.Agent, County.Supervisor, County.Administrator, County.Coach, County.Feed })
            (await county.PostAsync(actor, PathOf(clientId) + "/orders", order)).ShouldBeProblem(403, "role-not-allowed");
        var elsewhere = County.Officer with { Jurisdiction = "elsewhere" };
        await county.ShouldNotExistAsync(elsewhere, clientId, id => county.PostAsync(elsewhere, PathOf(id) + "/orders", order));
        await county.ShouldNotExistAsync(elsewhere, clientId, id => county.GetAsync(elsewhere, PathOf(id)));
        (await county.PostAsync(County.Officer, PathOf(clientId) + "/orders", new { scope = "wholeRecord", authority = "court", reasonCode = "because", reference = "x" }))
            .ShouldBeProblem(422, "erasure-reason-unknown");
        (await county.ChangeAsync(County.Officer, $"{PathOf(clientId)}/orders/{Guid.NewGuid()}/apply", "\"0\"")).ShouldBeProblem(404, "erasure-order-not-found");
    }

    [Fact]
    public async Task An_overdose_sealed_before_its_person_was_known_goes_with_the_person()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1008");
        var overdoseId = await county.ReportAsync(County.Agent, null, note: "Woke up by himself.");
        var overdose = $"/api/overdoses/{overdoseId}";
        (await county.ChangeAsync(County.Agent, overdose + "/identify", await county.VersionAsync(County.Agent, overdose), new { clientId, how = "staff" })).ShouldSucceed();
        (await CountKeysAsync(overdoseId)).ShouldBe(1);

        await county.EraseAsync(clientId);

        (await CountKeysAsync(overdoseId)).ShouldBe(0);
        county.Database.Keys.Ring.IsDestroyed("demo", overdoseId).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_node_cannot_open_it_either()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1009");
        var other = await county.StartNodeAsync();
        (await county.SendAsync(other, HttpMethod.Get, County.Agent, $"/api/clients/{clientId}")).Text.ShouldContain("Plantedname");

        await county.EraseAsync(clientId);

        (await county.SendAsync(other, HttpMethod.Get, County.Agent, $"/api/clients/{clientId}")).Text.ShouldNotContain("Plantedname");
        (await county.SendAsync(other, HttpMethod.Post, County.Agent, $"/api/clients/{clientId}/aliases", new AliasRequest("Again"))).ShouldBeProblem(409, "content-erased");
    }

    [Fact]
    public async Task What_a_kill_left_between_the_record_and_the_destruction_is_ended_at_the_next_start()
    {
        var clientId = await county.KnownAsync(County.Agent, "A-1010");
        var orderId = await county.OrderAsync(clientId);
        var stream = await county.Database.Store.ReadStreamAsync("demo", CaseFlow.Domain.StreamIds.Erasure(clientId), cancellation: Stop);
        var applied = new ExpunctionApplied(orderId, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", [clientId])
        {
            ClientId = clientId,
            OccurredAt = county.Now,
            KnownAt = county.Now,
        };
        await county.Database.Store.AppendAsync(
            new("demo", [new(CaseFlow.Domain.StreamIds.Erasure(clientId), "erasure", CaseFlow.EventStore.ExpectedVersion.Exactly(stream.Version), [new(Guid.CreateVersion7(), applied)])], new("test")), Stop);
        (await CountKeysAsync(clientId)).ShouldBe(1);

        await county.StartNodeAsync();

        (await CountKeysAsync(clientId)).ShouldBe(0);
        (await county.GetAsync(County.Officer, PathOf(clientId))).Json["orders"]![0]!["step"]!.GetValue<string>().ShouldBe("keyDestroyed");
    }

    private Task<long> CountKeysAsync(Guid subject) => CountAsync("select count(*) from caseflow.cf_data_keys where subject_id = $1", subject);

    private async Task<long> CountAsync(string question, Guid id)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand(question);
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
