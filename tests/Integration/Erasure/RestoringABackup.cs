using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Erasure.ErasureStories;

namespace CaseFlow.Integration.Erasure;

/// <summary>With a real backup: <c>pg_dump</c>, an erasure, <c>pg_restore</c>, a start with the keys of today.</summary>
public sealed class RestoringABackup : IAsyncLifetime
{
    private County county = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => county = await County.WithAsync();

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task What_was_erased_since_is_erased_before_anything_is_served_and_everybody_else_is_whole()
    {
        var gone = await county.KnownAsync(County.Agent, "B-1");
        var stays = await county.KnownAsync(County.Agent, "B-2");
        var backup = await county.BackUpAsync();
        await county.EraseAsync(gone);
        var later = await county.KnownAsync(County.Agent, "B-3");

        await county.RestoreAsync(backup);

        var erased = (await county.GetAsync(County.Agent, $"/api/clients/{gone}")).ShouldSucceed();
        erased.Text.ShouldNotContain("Planted");
        erased.Json["erased"]!["reasonCode"]!.GetValue<string>().ShouldBe("adult-expunction");
        (await county.FindAsync(County.Agent, "B-1")).Json.AsArray().ShouldBeEmpty();
        (await county.GetAsync(County.Officer, PathOf(gone))).Json["orders"]![0]!["step"]!.GetValue<string>().ShouldBe("keyDestroyed");
        (await county.GetAsync(County.Agent, $"/api/clients/{stays}")).Text.ShouldContain("Plantedname");
        (await county.FindAsync(County.Agent, "B-2")).Json.AsArray().Count.ShouldBe(1);
        (await county.GetAsync(County.Agent, $"/api/clients/{later}")).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task What_was_sealed_since_is_sealed_again_to_whom_the_order_left_it_and_what_was_lifted_is_not()
    {
        var (closed, lifted) = (await county.KnownAsync(County.Agent, "B-1"), await county.KnownAsync(County.Agent, "B-2"));
        var backup = await county.BackUpAsync();
        (await county.PostAsync(County.Officer, PathOf(closed) + "/orders", new
        {
            scope = "wholeRecord",
            authority = "court",
            reasonCode = "adult-expunction",
            reference = "2026 EX 21",
            leftTo = new[] { new { agencyId = "recovery-coaches" } },
        })).ShouldSucceed();
        var orderId = await county.OrderAsync(lifted);
        (await county.ChangeAsync(
            County.Officer, $"{PathOf(lifted)}/orders/{orderId}/lift", await county.VersionAsync(County.Officer, PathOf(lifted)),
            new { authority = "court", reference = "2026 EX 22" })).ShouldSucceed();

        for (var round = 0; round < 2; round++)
        {
            await county.RestoreAsync(backup);

            (await county.GetAsync(County.Agent, $"/api/clients/{closed}")).Text.ShouldNotContain("Planted");
            (await county.GetAsync(County.Agent, $"/api/clients/{lifted}")).Text.ShouldContain("Plantedname");
            var order = (await county.GetAsync(County.Officer, PathOf(closed))).Json["orders"]!.AsArray().ShouldHaveSingleItem()!;
            (order["step"]!.GetValue<string>(), order["authority"]!.GetValue<string>()).ShouldBe(("ordered", "court"));
            order["leftTo"]!.ToJsonString().ShouldContain("recovery-coaches");
            (await county.GetAsync(County.Officer, PathOf(lifted))).Json["orders"]!.AsArray().ShouldBeEmpty();
        }

        // What was recorded with the order's own words a second time is the same order.
        (await county.PostAsync(County.Officer, PathOf(closed) + "/orders", new
        {
            scope = "wholeRecord",
            authority = "court",
            reasonCode = "adult-expunction",
            reference = "2026 EX 21",
            leftTo = new[] { new { agencyId = "recovery-coaches" } },
        })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_the_backup_holds_as_sealed_and_was_lifted_since_is_lifted_again()
    {
        var (lifted, closed) = (await county.KnownAsync(County.Agent, "B-1"), await county.KnownAsync(County.Agent, "B-2"));
        var orderId = await county.OrderAsync(lifted);
        await county.OrderAsync(closed);
        var backup = await county.BackUpAsync();
        (await county.ChangeAsync(
            County.Officer, $"{PathOf(lifted)}/orders/{orderId}/lift", await county.VersionAsync(County.Officer, PathOf(lifted)),
            new { authority = "court", reference = "2026 EX 22" })).ShouldSucceed();

        for (var round = 0; round < 2; round++)
        {
            await county.RestoreAsync(backup);

            (await county.GetAsync(County.Agent, $"/api/clients/{lifted}")).Text.ShouldContain("Plantedname");
            (await county.GetAsync(County.Agent, $"/api/clients/{closed}")).Text.ShouldNotContain("Planted");
            var order = (await county.GetAsync(County.Officer, PathOf(lifted))).Json["orders"]!.AsArray().ShouldHaveSingleItem()!;
            (order["step"]!.GetValue<string>(), order["liftedBy"]!.GetValue<string>()).ShouldBe(("lifted", "court"));
            order["liftReference"]!.GetValue<string>().ShouldStartWith("Lifted again after a restore");
            county.Database.Keys.Sealings.ReadOpen().ShouldHaveSingleItem().ClientId.ShouldBe(closed);
        }
    }

    [Fact]
    public async Task An_order_and_a_lifting_that_a_kill_kept_from_the_list_are_put_there_at_the_next_start()
    {
        var (closed, lifted) = (await county.KnownAsync(County.Agent, "B-1"), await county.KnownAsync(County.Agent, "B-2"));
        var backup = await county.BackUpAsync();
        await county.OrderAsync(closed);
        var orderId = await county.OrderAsync(lifted);
        var list = county.Database.Keys.Sealings.Path;
        var before = (await File.ReadAllLinesAsync(list, Stop)).Single(line => line.Contains($"{lifted}", StringComparison.Ordinal));
        (await county.ChangeAsync(
            County.Officer, $"{PathOf(lifted)}/orders/{orderId}/lift", await county.VersionAsync(County.Officer, PathOf(lifted)),
            new { authority = "court", reference = "2026 EX 22" })).ShouldSucceed();
        // As it is when the program ends between the database and the list, and nobody asks again.
        await county.StopAsync();
        await File.WriteAllTextAsync(list, before + "\n", Stop);
        await county.StartNodeAsync();

        county.Database.Keys.Sealings.ReadOpen().ShouldHaveSingleItem().ClientId.ShouldBe(closed);
        county.Database.Keys.Sealings.Read().Count.ShouldBe(3);
        await county.RestoreAsync(backup);
        (await county.GetAsync(County.Agent, $"/api/clients/{closed}")).Text.ShouldNotContain("Planted");
        (await county.GetAsync(County.Agent, $"/api/clients/{lifted}")).Text.ShouldContain("Plantedname");
    }

    [Fact]
    public async Task Without_the_list_the_keys_of_today_still_do_not_open_it()
    {
        var gone = await county.KnownAsync(County.Agent, "B-1");
        var stays = await county.KnownAsync(County.Agent, "B-2");
        var backup = await county.BackUpAsync();
        await county.EraseAsync(gone);
        File.Delete(county.Database.Keys.Erasures.Path);

        await county.RestoreAsync(backup);

        (await CountKeysAsync()).ShouldBeGreaterThan(1);
        Should.Throw<KeyDestroyedException>(() => county.Database.Sealer.Open("demo", $"v1.{gone:N}.{Guid.NewGuid():N}.name.AAAA"));
        (await county.GetAsync(County.Agent, $"/api/clients/{gone}")).Text.ShouldNotContain("Planted");
        (await county.GetAsync(County.Agent, $"/api/clients/{stays}")).Text.ShouldContain("Plantedname");
    }

    [Fact]
    public async Task It_can_be_restored_again_and_again_and_after_a_rotation()
    {
        var gone = await county.KnownAsync(County.Agent, "B-1");
        var stays = await county.KnownAsync(County.Agent, "B-2");
        var backup = await county.BackUpAsync();
        await county.EraseAsync(gone);
        await county.Database.Rotation.RotateAsync(_ => { }, Stop);

        for (var round = 0; round < 2; round++)
        {
            await county.RestoreAsync(backup);
            (await county.GetAsync(County.Agent, $"/api/clients/{gone}")).Text.ShouldNotContain("Planted");
            (await county.GetAsync(County.Agent, $"/api/clients/{stays}")).Text.ShouldContain("Plantedname");
        }

        county.Database.Keys.Erasures.Read().ShouldHaveSingleItem().ClientId.ShouldBe(gone);
    }

    [Fact]
    public async Task Older_copies_of_ring_and_list_bring_nothing_back_that_the_database_knows_to_be_erased()
    {
        var (first, gone) = (await county.KnownAsync(County.Agent, "B-1"), await county.KnownAsync(County.Agent, "B-2"));
        var stays = await county.KnownAsync(County.Agent, "B-3");
        await county.EraseAsync(first);
        var (ring, list) = (county.Database.Keys.Ring.Path, county.Database.Keys.Erasures.Path);
        var (oldRing, oldList) = (await File.ReadAllTextAsync(ring, Stop), await File.ReadAllTextAsync(list, Stop));
        await county.EraseAsync(gone);
        await county.StopAsync();

        await File.WriteAllTextAsync(ring, oldRing, Stop);
        await File.WriteAllTextAsync(list, oldList, Stop);
        await county.StartNodeAsync();

        county.Database.Keys.Ring.IsDestroyed("demo", gone).ShouldBeTrue();
        county.Database.Keys.Ring.IsDestroyed("demo", stays).ShouldBeFalse();
        county.Database.Keys.Erasures.Read().Select(erasure => erasure.ClientId).ShouldBe([first, gone]);
        (await county.GetAsync(County.Agent, $"/api/clients/{stays}")).Text.ShouldContain("Plantedname");
        (await county.Database.Store.ReadStreamAsync("demo", CaseFlow.Domain.StreamIds.Erasure(gone), cancellation: Stop)).Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_lets_nothing_be_served()
    {
        var gone = await county.KnownAsync(County.Agent, "B-1");
        var backup = await county.BackUpAsync();
        await county.EraseAsync(gone);
        await File.AppendAllTextAsync(county.Database.Keys.Erasures.Path, "{\"unknown\":1}\n", Stop);

        await Should.ThrowAsync<Exception>(() => county.RestoreAsync(backup));
    }

    private async Task<long> CountKeysAsync()
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.cf_data_keys");
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
