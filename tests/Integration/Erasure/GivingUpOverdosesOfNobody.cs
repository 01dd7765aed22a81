using System.Text.Json.Nodes;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Erasure;

/// <summary>An overdose of nobody known has a period of keeping, a hold and an end of its own.</summary>
public sealed class GivingUpOverdosesOfNobody : IAsyncLifetime
{
    private const string List = "/api/retention/overdoses";
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Ends = new(2033, 3, 4);

    private County county = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => county = await County.AtAsync(Tuesday);

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task What_is_over_is_proposed_and_an_approval_destroys_its_key_once_also_after_a_restore()
    {
        var (old, known) = (await RuledOutAsync(), await RuledOutAsync());
        await IdentifyAsync(known, await county.SuperviseAsync(Agent));
        (await ReadAsync(old)).Json["standing"]!["isProposed"]!.GetValue<bool>().ShouldBeFalse();
        (await ApproveAsync(old)).ShouldBeProblem(409, "retention-not-reached");
        (await ListAsync()).ShouldBeEmpty();

        await county.GoToAsync(Tuesday.AddYears(8));
        var item = (await ListAsync()).ShouldHaveSingleItem();
        (item["overdoseId"]!.GetValue<Guid>(), item["endsOn"]!.GetValue<string>(), item["rule"]!.GetValue<string>(), item["isProposed"]!.GetValue<bool>(), item["policyVersion"]!.GetValue<int>())
            .ShouldBe((old, "2033-03-04", "lastActivity", true, 1));
        (await ApproveAsync(old, Ends.AddDays(1))).ShouldBeProblem(409, "retention-changed");
        (await ApproveAsync(known)).ShouldBeProblem(409, "overdose-person-known");
        (await county.GetAsync(Agent, $"/api/overdoses/{old}")).ShouldSucceed();
        var backup = await county.BackUpAsync();

        var approved = (await ApproveAsync(old)).ShouldSucceed();
        (await ApproveAsync(old)).ShouldSucceed().Json["orderId"]!.GetValue<Guid>().ShouldBe(approved.Json["orderId"]!.GetValue<Guid>());
        await ShouldBeGoneAsync();
        await county.RestoreAsync(backup);
        await ShouldBeGoneAsync();
        (await county.GetAsync(Agent, $"/api/overdoses/{known}")).ShouldSucceed();

        async Task ShouldBeGoneAsync()
        {
            (await CountKeysAsync(old)).ShouldBe(0);
            county.Database.Keys.Ring.IsDestroyed("demo", old).ShouldBeTrue();
            county.Database.Keys.Erasures.Read().Single().ShouldSatisfyAllConditions(one => one.ClientId.ShouldBe(old), one => one.ReasonCode.ShouldBe("retention-reached"));
            (await ListAsync()).ShouldBeEmpty();
            (await ReadAsync(old)).Json["isErased"]!.GetValue<bool>().ShouldBeTrue();
            var gone = await county.GetAsync(Agent, $"/api/overdoses/{old}");
            gone.ShouldBeProblem(403, "record-erased");
            gone.Text.ShouldContain("retention-reached");
            (await county.ChangeAsync(Agent, $"/api/overdoses/{old}/identify", "\"2\"", new { clientId = await county.SuperviseAsync(Agent), how = "staff" }))
                .ShouldBeProblem(409, "content-erased");
        }
    }

    [Fact]
    public async Task A_hold_and_a_decision_to_keep_it_longer_and_what_happens_meanwhile_keep_it()
    {
        var (held, recognised) = (await RuledOutAsync(), await RuledOutAsync());
        await county.GoToAsync(Tuesday.AddYears(8));
        var holdId = await HoldAsync(held);
        (await HoldAsync(held)).ShouldBe(holdId);
        (await ListAsync()).Single(one => one["overdoseId"]!.GetValue<Guid>() == held)["blocks"]!.ToJsonString().ShouldBe("""["legalHold"]""");
        var refused = await ApproveAsync(held);
        refused.ShouldBeProblem(409, "retention-blocked");
        (await county.PostAsync(Officer, $"/api/overdoses/{held}/holds/{holdId}/release", new { authority = "prosecutor" })).ShouldSucceed();
        (await ReadAsync(held)).Json["holds"]![0]!.ShouldSatisfyAllConditions(
            hold => hold["reference"]!.GetValue<string>().ShouldBe("Letter 9"), hold => hold["releasedAt"].ShouldNotBeNull());

        (await county.PostAsync(Officer, $"/api/overdoses/{held}/retention/postpone", new { until = "2035-01-01", reasonCode = "because" })).ShouldBeProblem(422, "erasure-reason-unknown");
        (await county.PostAsync(Officer, $"/api/overdoses/{held}/retention/postpone", new { until = "2035-01-01", reasonCode = "research" })).ShouldSucceed();
        (await ApproveAsync(held)).ShouldBeProblem(409, "retention-not-reached");
        (await CountKeysAsync(held)).ShouldBe(1);

        // At once: recognised, and then it is a client's; or gone, and then nobody is recognised in it.
        var approval = ApproveAsync(recognised);
        var clientId = await county.SuperviseAsync(Agent);
        var identified = await county.ChangeAsync(Agent, $"/api/overdoses/{recognised}/identify", "\"2\"", new { clientId, how = "staff" });
        var reply = await approval;
        (reply.Status == 200).ShouldBe(identified.Status != 204, $"{reply.Status} and {identified.Status}");
        if (reply.Status != 200)
            reply.ShouldBeProblem(409, "overdose-person-known");
        else
            identified.ShouldBeProblem(409, "content-erased");
    }

    [Fact]
    public async Task A_hold_from_before_somebody_was_recognised_keeps_their_record_until_it_is_released()
    {
        var overdoseId = await RuledOutAsync();
        var holdId = await HoldAsync(overdoseId);
        var clientId = await county.KnownAsync(Agent, "N-1");
        await IdentifyAsync(overdoseId, clientId);
        await county.Database.CatchUpAsync(Stop);
        (await county.PostAsync(Officer, $"/api/overdoses/{overdoseId}/holds", new { authority = "court", reasonCode = "litigation", reference = "8" })).ShouldBeProblem(409, "overdose-person-known");

        var orderId = await county.OrderAsync(clientId);
        (await county.ApplyAsync(clientId, orderId)).ShouldBeProblem(409, "legal-hold-in-force");
        (await county.GetAsync(Officer, $"/api/clients/{clientId}/retention")).ShouldSucceed().Json["blocks"]!.ToJsonString().ShouldContain("legalHold");
        (await CountKeysAsync(clientId)).ShouldBe(1);

        (await county.PostAsync(Officer, $"/api/overdoses/{overdoseId}/holds/{holdId}/release", new { authority = "prosecutor" })).ShouldSucceed();
        (await county.ApplyAsync(clientId, orderId)).ShouldSucceed();
        (await CountKeysAsync(clientId)).ShouldBe(0);
        (await CountKeysAsync(overdoseId)).ShouldBe(0);
        (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldBeProblem(403, "record-erased");
    }

    [Fact]
    public async Task Once_it_is_gone_nobody_is_told_what_was_reported_and_nothing_is_added_to_it()
    {
        var told = new ReportOverdoseDoor.Request(
            Guid.CreateVersion7(), ClientId: null, DetailsPart.Example, OverdoseSource.Hospital, new WhenPart(Tuesday.AddMinutes(-30)), "PLANTED note");
        var guessed = told with { Details = DetailsPart.Example with { Fatality = Fatality.Fatal } };
        (await county.PostAsync(Agent, "/api/overdoses", told)).ShouldSucceed();
        (await county.PostAsync(Agent, "/api/overdoses", told)).Status.ShouldNotBe((await county.PostAsync(Agent, "/api/overdoses", guessed)).Status);
        await county.GoToAsync(Tuesday.AddYears(8));
        (await ApproveAsync(told.OverdoseId!.Value)).ShouldSucceed();

        foreach (var report in new[] { told, guessed })
            (await county.PostAsync(Agent, "/api/overdoses", report)).ShouldBeProblem(409, "content-erased");
        foreach (var change in new[] { "confirm", "confirm-fatality" })
            (await county.ChangeAsync(Agent, $"/api/overdoses/{told.OverdoseId}/{change}", "\"1\"", new { by = "hospital" })).ShouldBeProblem(409, "content-erased");
        (await county.ChangeAsync(Agent, $"/api/overdoses/{told.OverdoseId}/rule-out", "\"1\"", new { reason = "Was none." })).ShouldBeProblem(409, "content-erased");
    }

    [Fact]
    public async Task What_a_failure_left_between_its_steps_ends_by_itself()
    {
        var overdoseId = await RuledOutAsync();
        await county.GoToAsync(Tuesday.AddYears(8));
        var list = county.Database.Keys.Erasures.Path;
        await File.WriteAllTextAsync(list, "{\"unknown\":1}\n", Stop);
        (await ApproveAsync(overdoseId)).ShouldBeProblem(500, "unexpected");
        (await CountKeysAsync(overdoseId)).ShouldBe(1, "it was approved, and could not be carried out");
        await File.WriteAllTextAsync(list, "", Stop);

        await county.Service<Eraser>().EndOpenAsync(Stop);

        (await CountKeysAsync(overdoseId)).ShouldBe(0);
        county.Database.Keys.Erasures.Read().ShouldHaveSingleItem().ClientId.ShouldBe(overdoseId);
    }

    [Fact]
    public async Task Of_another_jurisdiction_and_of_nothing_there_is_nothing_to_read_hold_or_give_up()
    {
        var (overdoseId, clientId) = (await RuledOutAsync(), await county.SuperviseAsync(Agent));
        await county.GoToAsync(Tuesday.AddYears(8));
        var elsewhere = Officer with { Jurisdiction = "elsewhere" };
        foreach (var (actor, id) in new[] { (elsewhere, overdoseId), (Officer, Guid.CreateVersion7()), (Officer, clientId) })
        {
            (await county.GetAsync(actor, $"/api/overdoses/{id}/retention")).ShouldBeProblem(404, "overdose-not-found");
            (await county.PostAsync(actor, $"/api/overdoses/{id}/retention/approve", new { endsOn = Ends, policyVersion = 1 })).ShouldBeProblem(404, "overdose-not-found");
            (await county.PostAsync(actor, $"/api/overdoses/{id}/retention/postpone", new { until = "2035-01-01", reasonCode = "research" })).ShouldBeProblem(404, "overdose-not-found");
            (await county.PostAsync(actor, $"/api/overdoses/{id}/holds", new { authority = "court", reasonCode = "litigation", reference = "8" })).ShouldBeProblem(404, "overdose-not-found");
            (await county.PostAsync(actor, $"/api/overdoses/{id}/holds/{id}/release", new { authority = "court" })).ShouldBeProblem(404, "overdose-not-found");
        }

        (await county.GetAsync(elsewhere, List)).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
        (await county.GetAsync(Agent, List)).ShouldBeProblem(403, "role-not-allowed");
        (await CountKeysAsync(overdoseId)).ShouldBe(1);
    }

    [Fact]
    public async Task The_list_is_paged_the_oldest_first()
    {
        var overdoses = new List<Guid>();
        for (var n = 0; n < 5; n++)
        {
            overdoses.Add(await RuledOutAsync());
            await county.GoToAsync(Tuesday.AddDays(n + 1));
        }

        await county.GoToAsync(Tuesday.AddYears(8));
        await county.Database.CatchUpAsync(Stop);
        var (seen, next, pages) = (new List<Guid>(), (string?)(List + "?limit=2"), 0);
        for (; next is not null; pages++)
        {
            var page = (await county.GetAsync(Officer, next)).ShouldSucceed().Json;
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["overdoseId"]!.GetValue<Guid>()));
            next = page["next"]?.GetValue<string>();
        }

        pages.ShouldBe(3);
        seen.ShouldBe(overdoses);
    }

    /// <returns>An overdose of nobody known, of which something is sealed.</returns>
    private async Task<Guid> RuledOutAsync()
    {
        var overdoseId = await county.ReportAsync(Agent, null);
        (await county.ChangeAsync(Agent, $"/api/overdoses/{overdoseId}/rule-out", "\"1\"", new { reason = "PLANTED reason" })).ShouldSucceed();
        return overdoseId;
    }

    private async Task IdentifyAsync(Guid overdoseId, Guid clientId) =>
        (await county.ChangeAsync(Agent, $"/api/overdoses/{overdoseId}/identify", "\"2\"", new { clientId, how = "staff" })).ShouldSucceed();

    private async Task<Guid> HoldAsync(Guid overdoseId) => (await county.PostAsync(
        Officer, $"/api/overdoses/{overdoseId}/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "Letter 9" })).ShouldSucceed().Json["holdId"]!.GetValue<Guid>();

    private Task<Reply> ApproveAsync(Guid overdoseId, DateOnly? endsOn = null) =>
        county.PostAsync(Officer, $"/api/overdoses/{overdoseId}/retention/approve", new { endsOn = endsOn ?? Ends, policyVersion = 1 });

    private async Task<Reply> ReadAsync(Guid overdoseId) => (await county.GetAsync(Officer, $"/api/overdoses/{overdoseId}/retention")).ShouldSucceed();

    private async Task<IReadOnlyList<JsonNode>> ListAsync()
    {
        await county.Database.CatchUpAsync(Stop);
        return [.. (await county.GetAsync(Officer, List)).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!)];
    }

    private async Task<long> CountKeysAsync(Guid subject)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.cf_data_keys where subject_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = subject });
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
