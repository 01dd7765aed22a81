using CaseFlow.Api.Erasures;
using CaseFlow.Api.Supervision;
using CaseFlow.Domain.Supervision;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Erasure.ErasureStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Erasure;

/// <summary>A record whose period is over is proposed, approved, and gone; what is younger, open or held stays.</summary>
public sealed class GivingUpOldRecords : IAsyncLifetime
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Ends = new(2033, 3, 4);

    private County county = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => county = await County.AtAsync(Tuesday);

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task Of_what_is_over_and_closed_the_list_proposes_each_and_an_approval_destroys_its_keys_once()
    {
        var (old, open) = (await ClosedAsync("R-1"), await county.KnownAsync(Agent, "R-2"));
        var early = (await ReadAsync(old)).Json;
        (Day(early["endsOn"]), early["rule"]!.GetValue<string>(), early["isProposed"]!.GetValue<bool>()).ShouldBe((Ends, "lastActivity", false));
        (await ApproveAsync(old, Ends)).ShouldBeProblem(409, "retention-not-reached");
        (await ListAsync()).ShouldBeEmpty();

        await county.GoToAsync(Tuesday.AddYears(8));
        var listed = await ListAsync();
        listed.Select(item => (item["clientId"]!.GetValue<Guid>(), item["isProposed"]!.GetValue<bool>(), item["policyVersion"]!.GetValue<int>()))
            .ShouldBe([(old, true, 1), (open, false, 1)], ignoreOrder: true);
        listed.Single(item => item["clientId"]!.GetValue<Guid>() == open)["blocks"]!.AsArray().Select(block => block!.GetValue<string>()).ShouldBe(["supervision"]);
        (await ApproveAsync(open, Ends)).ShouldBeProblem(409, "retention-blocked");
        (await ApproveAsync(old, Ends.AddDays(1))).ShouldBeProblem(409, "retention-changed");
        (await ApproveAsync(old, Ends, policyVersion: 2)).ShouldBeProblem(409, "retention-changed");
        (await CountKeysAsync(old)).ShouldBe(1);

        var approved = (await ApproveAsync(old, Ends)).ShouldSucceed();
        (await CountKeysAsync(old)).ShouldBe(0);
        county.Database.Keys.Ring.IsDestroyed("demo", old).ShouldBeTrue();
        county.Database.Keys.Erasures.Read().Single(erasure => erasure.ClientId == old).ReasonCode.ShouldBe("retention-reached");
        (await ApproveAsync(old, Ends)).ShouldSucceed().Json["orderId"]!.GetValue<Guid>().ShouldBe(approved.Json["orderId"]!.GetValue<Guid>());

        var order = (await county.GetAsync(Officer, PathOf(old))).ShouldSucceed().Json["orders"]!.AsArray().ShouldHaveSingleItem()!;
        (order["reasonCode"]!.GetValue<string>(), order["authority"]!.GetValue<string>(), order["step"]!.GetValue<string>()).ShouldBe(("retention-reached", "agency", "keyDestroyed"));
        (await county.GetAsync(Officer, Of(old, "/timeline"))).ShouldSucceed().Json["items"]!.AsArray().ShouldAllBe(item => item!["summary"]!.GetValue<string>() == "Erased");
        (await county.GetAsync(Agent, $"/api/clients/{open}")).ShouldSucceed().Text.ShouldContain("Plantedname");
        (await ListAsync()).Select(item => item["clientId"]!.GetValue<Guid>()).ShouldBe([open]);
        (await ReadAsync(old)).Json["isErased"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task What_happens_meanwhile_and_a_legal_hold_and_a_decision_to_keep_it_longer_keep_it()
    {
        var clientId = await ClosedAsync("R-3");
        await county.GoToAsync(Tuesday.AddYears(8));
        (await county.PostAsync(Officer, PathOf(clientId) + "/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "Letter 9" })).ShouldSucceed();
        var held = await ApproveAsync(clientId, Ends);
        held.ShouldBeProblem(409, "retention-blocked");
        held.Text.ShouldContain("legal hold");
        var hold = (await county.GetAsync(Officer, PathOf(clientId))).Json["holds"]![0]!["holdId"]!.GetValue<Guid>();
        (await county.ChangeAsync(Officer, $"{PathOf(clientId)}/holds/{hold}/release", await county.VersionAsync(Officer, PathOf(clientId)), new { authority = "prosecutor" })).ShouldSucceed();

        var later = new DateOnly(2035, 1, 1);
        (await county.PostAsync(Officer, Of(clientId, "/retention/postpone"), new { until = later, reasonCode = "because" })).ShouldBeProblem(422, "erasure-reason-unknown");
        (await county.PostAsync(Officer, Of(clientId, "/retention/postpone"), new { until = new DateOnly(2034, 3, 3), reasonCode = "research" })).ShouldBeProblem(422, "retention-postponement-out-of-range");
        (await county.PostAsync(Officer, Of(clientId, "/retention/postpone"), new { until = later, reasonCode = "research" })).ShouldSucceed();
        (await ApproveAsync(clientId, Ends)).ShouldBeProblem(409, "retention-not-reached");
        (await ListAsync()).ShouldBeEmpty("it is kept longer");
        await county.GoToAsync(new DateTimeOffset(2035, 1, 2, 16, 0, 0, TimeSpan.Zero));
        (await ListAsync()).Single()["rule"]!.GetValue<string>().ShouldBe("postponed");

        var approval = ApproveAsync(clientId, later);
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/supervision/start", ClientStories.StartOf(Agent) with { When = null })).Status.ShouldBeOneOf(201, 204, 409);
        var reply = await approval;
        if (reply.Status != 200)
            reply.ShouldBeProblem(409, "retention-blocked");
        var supervised = (await county.GetAsync(Officer, $"/api/clients/{clientId}/supervision")).ShouldSucceed().Json["phase"]!.GetValue<string>() == "supervised";
        (await CountKeysAsync(clientId)).ShouldBe(reply.Status == 200 ? 0 : 1, $"supervised: {supervised}");
    }

    [Fact]
    public async Task Every_record_of_the_person_goes_together_and_none_before_the_youngest()
    {
        var (one, two) = (await ClosedAsync("R-4"), await county.KnownAsync(Agent, "R-5"));
        await county.GoToAsync(Tuesday.AddYears(1));
        await EndAsync(two);
        await county.MergeAsync(Officer, one, two);
        await county.GoToAsync(Tuesday.AddYears(8).AddDays(-30));
        var young = (await ReadAsync(one)).Json;
        (young["isProposed"]!.GetValue<bool>(), Day(young["endsOn"])).ShouldBe((false, new DateOnly(2034, 3, 4)));
        (await ApproveAsync(one, Ends)).ShouldBeProblem(409, "retention-not-reached");

        await county.GoToAsync(Tuesday.AddYears(8).AddDays(30));
        (await ApproveAsync(two, new DateOnly(2034, 3, 4))).ShouldSucceed();
        foreach (var record in new[] { one, two })
        {
            (await CountKeysAsync(record)).ShouldBe(0);
            (await county.GetAsync(Officer, PathOf(record))).ShouldSucceed().Json["isErased"]!.GetValue<bool>().ShouldBeTrue();
        }
    }

    [Fact]
    public async Task What_a_failure_left_between_its_steps_ends_when_it_is_asked_again_or_by_itself()
    {
        var (one, two) = (await ClosedAsync("R-6"), await ClosedAsync("R-7"));
        await county.GoToAsync(Tuesday.AddYears(8));
        var list = county.Database.Keys.Erasures.Path;
        await File.WriteAllTextAsync(list, "{\"unknown\":1}\n", Stop);
        (await ApproveAsync(one, Ends)).ShouldBeProblem(500, "unexpected");
        (await ApproveAsync(two, Ends)).ShouldBeProblem(500, "unexpected");
        (await CountKeysAsync(one)).ShouldBe(1, "it was approved, and could not be carried out");
        (await StepAsync(one)).ShouldBe("applied");
        await File.WriteAllTextAsync(list, "", Stop);

        (await ApproveAsync(one, Ends)).ShouldSucceed();
        (await CountKeysAsync(one)).ShouldBe(0);
        (await StepAsync(one)).ShouldBe("keyDestroyed");
        (await CountKeysAsync(two)).ShouldBe(1);
        await county.Service<Eraser>().EndOpenAsync(Stop);
        (await CountKeysAsync(two)).ShouldBe(0);
        (await StepAsync(two)).ShouldBe("keyDestroyed");
    }

    [Fact]
    public async Task Of_another_jurisdiction_and_of_nobody_there_is_nothing_to_approve_or_keep()
    {
        var clientId = await ClosedAsync("R-8");
        await county.GoToAsync(Tuesday.AddYears(8));
        var elsewhere = Officer with { Jurisdiction = "elsewhere" };
        foreach (var (path, body) in new (string, object?)[] { ("", null), ("/approve", new { endsOn = Ends, policyVersion = 1 }), ("/postpone", new { until = Ends.AddYears(3), reasonCode = "research" }) })
        {
            await county.ShouldNotExistAsync(
                elsewhere, clientId, id => body is null ? county.GetAsync(elsewhere, Of(id, "/retention")) : county.PostAsync(elsewhere, Of(id, "/retention" + path), body));
        }

        (await county.GetAsync(elsewhere, "/api/retention")).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
        (await CountKeysAsync(clientId)).ShouldBe(1);
        (await county.PostAsync(Officer, PathOf(clientId) + "/orders", new { scope = "wholeRecord", authority = "agency", reasonCode = "retention-reached", reference = "7" }))
            .ShouldBeProblem(422, "retention-not-by-order");
    }

    [Fact]
    public async Task The_list_is_paged_and_a_page_goes_on_where_the_one_before_ended()
    {
        var clients = new List<Guid>();
        for (var n = 0; n < 5; n++)
            clients.Add(await ClosedAsync($"R-9{n}"));
        await county.GoToAsync(Tuesday.AddYears(8));

        var (seen, next, pages) = (new List<Guid>(), (string?)"/api/retention?limit=2", 0);
        for (; next is not null; pages++)
        {
            var page = (await county.GetAsync(Officer, next)).ShouldSucceed().Json;
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["clientId"]!.GetValue<Guid>()));
            next = page["next"]?.GetValue<string>();
        }

        pages.ShouldBe(3);
        seen.ShouldBe(clients, "the oldest first");
    }

    /// <returns>A client with everything that a record can hold, whose supervision is over.</returns>
    private async Task<Guid> ClosedAsync(string number)
    {
        var clientId = await county.KnownAsync(Agent, number);
        await EndAsync(clientId);
        return clientId;
    }

    private async Task EndAsync(Guid clientId)
    {
        var supervision = $"/api/clients/{clientId}/supervision";
        (await county.ChangeAsync(Supervisor, supervision + "/end", await county.VersionAsync(Agent, supervision), new EndSupervisionRequest(SupervisionEndReason.Completed))).ShouldSucceed();
    }

    private Task<Reply> ApproveAsync(Guid clientId, DateOnly endsOn, int policyVersion = 1) =>
        county.PostAsync(Officer, Of(clientId, "/retention/approve"), new { endsOn, policyVersion });

    private async Task<Reply> ReadAsync(Guid clientId) => (await county.GetAsync(Officer, Of(clientId, "/retention"))).ShouldSucceed();

    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> ListAsync()
    {
        await county.Database.CatchUpAsync(Stop);
        return [.. (await county.GetAsync(Officer, "/api/retention")).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!)];
    }

    private async Task<string> StepAsync(Guid clientId) =>
        (await county.GetAsync(Officer, PathOf(clientId))).ShouldSucceed().Json["orders"]![0]!["step"]!.GetValue<string>();

    private static DateOnly Day(System.Text.Json.Nodes.JsonNode? json) => DateOnly.ParseExact(json!.GetValue<string>(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Of(Guid clientId, string path) => $"/api/clients/{clientId}{path}";

    private async Task<long> CountKeysAsync(Guid subject)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.cf_data_keys where subject_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = subject });
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
