using CaseFlow.Api.Erasures;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Erasure.ErasureStories;

namespace CaseFlow.Integration.Erasure;

/// <summary>What is on record as applied comes to its end, whatever failed on the way and whatever came in between.</summary>
public sealed class EndingWhatAnErasureBegan(County county) : IClassFixture<County>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sent_again_under_its_key_after_a_failure_it_destroys_the_keys_and_gives_the_first_answer()
    {
        var clientId = await county.KnownAsync(County.Agent, "E-1");
        var orderId = await county.OrderAsync(clientId);
        var version = await county.VersionAsync(County.Officer, PathOf(clientId));
        var (list, sound) = (county.Database.Keys.Erasures.Path, county.Database.Keys.Erasures.Read().Count == 0 ? "" : await File.ReadAllTextAsync(county.Database.Keys.Erasures.Path, Stop));

        await File.WriteAllTextAsync(list, "{\"unknown\":1}\n", Stop);
        (await ApplyAsync()).ShouldBeProblem(500, "unexpected");
        (await CountKeysAsync(clientId)).ShouldBe(1, "it was recorded, and could not be carried out");
        (await StepAsync(clientId)).ShouldBe("applied");
        await File.WriteAllTextAsync(list, sound, Stop);

        var again = (await ApplyAsync()).ShouldSucceed();

        again["Idempotency-Replayed"].ShouldBe("true");
        again.Json["orderId"]!.GetValue<Guid>().ShouldBe(orderId);
        (await CountKeysAsync(clientId)).ShouldBe(0);
        county.Database.Keys.Ring.IsDestroyed("demo", clientId).ShouldBeTrue();
        (await StepAsync(clientId)).ShouldBe("keyDestroyed");
        (await ApplyAsync()).Text.ShouldBe(again.Text);
        (await county.SendAsync(HttpMethod.Post, County.Officer, $"{PathOf(clientId)}/orders/{Guid.NewGuid()}/apply", null, ("If-Match", version!), ("Idempotency-Key", "erase-1")))
            .ShouldBeProblem(422, "idempotency-key-reused");

        Task<Reply> ApplyAsync() => county.SendAsync(
            HttpMethod.Post, County.Officer, $"{PathOf(clientId)}/orders/{orderId}/apply", null, ("If-Match", version!), ("Idempotency-Key", "erase-1"));
    }

    [Fact]
    public async Task What_a_failure_left_and_nobody_asks_for_again_the_program_ends_by_itself()
    {
        var clientId = await county.KnownAsync(County.Agent, "E-5");
        var orderId = await county.OrderAsync(clientId);
        var list = county.Database.Keys.Erasures.Path;
        var sound = File.Exists(list) ? await File.ReadAllTextAsync(list, Stop) : "";
        await File.WriteAllTextAsync(list, "{\"unknown\":1}\n", Stop);
        (await county.ApplyAsync(clientId, orderId)).ShouldBeProblem(500, "unexpected");
        await Should.ThrowAsync<InvalidDataException>(() => county.Service<Eraser>().EndOpenAsync(Stop));
        (await StepAsync(clientId)).ShouldBe("applied");
        await File.WriteAllTextAsync(list, sound, Stop);

        await county.Service<Eraser>().EndOpenAsync(Stop);

        (await CountKeysAsync(clientId)).ShouldBe(0);
        (await StepAsync(clientId)).ShouldBe("keyDestroyed");
    }

    [Fact]
    public async Task Whatever_is_committed_is_gathered_also_before_it_has_a_position()
    {
        await using var stopped = await StoppedCounty.FoundAsync();
        var (clientId, overdoseId) = (await stopped.ClientAsync(), Guid.CreateVersion7());
        await stopped.ShowAsync();
        await stopped.RecordAsync(Asking.People.Agent1, overdoseId, "overdose",
        [
            new OverdoseReported(
                new OverdoseDetails(Fatality.NonFatal, Certainty.Suspected, ["heroin"], NaloxoneGiven: true, NaloxoneDoses: 2, "dane"),
                OverdoseSource.Agent, "dcc", Note: null) { OverdoseId = overdoseId }.At(stopped.Clock.Now),
            new OverdosePersonIdentified(IdentifiedBy.Staff) { OverdoseId = overdoseId, ClientId = clientId }.At(stopped.Clock.Now),
        ]);

        var subjects = await new Eraser(stopped.Database, stopped.Clock).FurtherSubjectsAsync(StoppedCounty.Jurisdiction, clientId, Stop, nobodyMoves: true);

        subjects.ShouldBe([overdoseId]);
    }

    [Fact]
    public async Task An_overdose_identified_after_the_subjects_were_gathered_goes_too()
    {
        var clientId = await county.KnownAsync(County.Agent, "E-2");
        var orderId = await county.OrderAsync(clientId);
        var overdoseId = await county.ReportAsync(County.Agent, null, note: "Woke up by himself.");
        (await IdentifyAsync(County.Agent, overdoseId, clientId)).ShouldSucceed();
        var stream = await county.Database.Store.ReadStreamAsync("demo", StreamIds.Erasure(clientId), cancellation: Stop);
        var applied = new ExpunctionApplied(orderId, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", [clientId])
        {
            ClientId = clientId,
            OccurredAt = county.Now,
            KnownAt = county.Now,
        };
        await county.Database.Store.AppendAsync(
            new("demo", [new(StreamIds.Erasure(clientId), "erasure", ExpectedVersion.Exactly(stream.Version), [new(Guid.CreateVersion7(), applied)])], new("test")), Stop);
        (await CountKeysAsync(overdoseId)).ShouldBe(1);

        await county.StartNodeAsync();

        (await CountKeysAsync(overdoseId)).ShouldBe(0);
        county.Database.Keys.Erasures.Read().Where(erasure => erasure.OrderId == orderId).SelectMany(erasure => erasure.Subjects).ShouldContain(overdoseId);
        (await StepAsync(clientId)).ShouldBe("keyDestroyed");
    }

    [Fact]
    public async Task Nobodys_overdose_is_not_identified_as_somebody_whose_record_is_erased()
    {
        var clientId = await county.KnownAsync(County.Agent, "E-3");
        var overdoseId = await county.ReportAsync(County.Agent, null);
        await county.EraseAsync(clientId);

        (await IdentifyAsync(County.Agent, overdoseId, clientId)).ShouldBeProblem(409, "content-erased");

        (await county.GetAsync(County.Agent, $"/api/overdoses/{overdoseId}")).ShouldSucceed().Json["clientId"].ShouldBeNull();
    }

    [Fact]
    public async Task Identified_while_the_order_is_applied_an_overdose_is_refused_or_erased_with_the_rest()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => county.KnownAsync(County.Agent, $"E-4{n}")));
        foreach (var clientId in clients)
        {
            var orderId = await county.OrderAsync(clientId);
            var overdoseId = await county.ReportAsync(County.Agent, null);

            var identifying = IdentifyAsync(County.Agent, overdoseId, clientId);
            (await county.ApplyAsync(clientId, orderId)).ShouldSucceed();
            var identified = await identifying;

            if (identified.Status == 204)
                (await CountKeysAsync(overdoseId)).ShouldBe(0);
            else
                identified.ShouldBeProblem(409, "content-erased");
        }
    }

    [Fact]
    public async Task What_an_earlier_program_kept_of_orders_is_filled_anew_at_the_start_with_every_hold()
    {
        var (held, released) = (await county.KnownAsync(County.Agent, "E-8"), await county.KnownAsync(County.Agent, "E-9"));
        foreach (var clientId in new[] { held, released })
            (await county.PostAsync(County.Officer, PathOf(clientId) + "/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "Letter 9" })).ShouldSucceed();
        var hold = (await county.GetAsync(County.Officer, PathOf(released))).Json["holds"]![0]!["holdId"]!.GetValue<Guid>();
        (await county.ChangeAsync(
            County.Officer, $"{PathOf(released)}/holds/{hold}/release", await county.VersionAsync(County.Officer, PathOf(released)), new { authority = "prosecutor" })).ShouldSucceed();
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var before = source.CreateCommand("create table views.erasure_orders (order_id uuid); alter table views.erasure_orders owner to caseflow_program; truncate views.orders_and_holds");
        await before.ExecuteNonQueryAsync(Stop);
        (await county.Database.HeldRecordsAsync("demo", Stop)).ShouldNotContain(held);

        await county.StartNodeAsync();

        var now = await county.Database.HeldRecordsAsync("demo", Stop);
        now.ShouldContain(held);
        now.ShouldNotContain(released);
        await using var after = source.CreateCommand("select to_regclass('views.erasure_orders') is null");
        (await after.ExecuteScalarAsync(Stop)).ShouldBe(true);
    }

    private async Task<Reply> IdentifyAsync(Actor actor, Guid overdoseId, Guid clientId)
    {
        var overdose = $"/api/overdoses/{overdoseId}";
        return await county.ChangeAsync(actor, overdose + "/identify", await county.VersionAsync(actor, overdose), new { clientId, how = "staff" });
    }

    private async Task<string> StepAsync(Guid clientId) =>
        (await county.GetAsync(County.Officer, PathOf(clientId))).ShouldSucceed().Json["orders"]![0]!["step"]!.GetValue<string>();

    private async Task<long> CountKeysAsync(Guid subject)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.cf_data_keys where subject_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = subject });
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
