using CaseFlow.Api.Embedded;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Migrations;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>A commit that a synchronous standby does not have yet is no answer to anybody.</summary>
public sealed class LosingTheStandby : IAsyncLifetime
{
    private const string Confirming =
        "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query like '%pg_logical_emit_message%'";

    private EmbeddedPostgres server = null!;
    private NpgsqlDataSource source = null!;
    private NpgsqlDataSource watching = null!;
    private PostgresEventStore store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresSettings
            {
                DataDirectory = Path.Combine(Path.GetTempPath(), $"caseflow-tests-{Guid.NewGuid():N}"),
                Durable = false,
                DeleteWhenStopped = true,
            },
            NullLogger.Instance,
            Stop);

        // A database that hides warnings from its clients must not hide this one.
        var connection = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync("replicated", ct: Stop))
        {
            Options = "-c synchronous_commit=on -c client_min_messages=error",
        };
        source = StoreDataSource.Create(connection.ConnectionString);
        await using (var migrations = StoreDataSource.ForMigrations(connection.ConnectionString))
            await new Migrator(migrations, new EventStoreOptions()).MigrateAsync([], Stop);
        store = new PostgresEventStore(source, new EventStoreOptions(), Codec);
        connection.Options = "-c synchronous_commit=local";
        watching = NpgsqlDataSource.Create(connection.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await StandbyReturnsAsync();
        await source.DisposeAsync();
        await watching.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_cancelled_wait_for_the_standby_is_not_an_answer()
    {
        var stream = Guid.NewGuid();
        await StandbyLeavesAsync();
        var append = store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()) with { Answer = Answer() }, Stop);
        await CancelTheWaitAsync("%mt_events_sequence%");

        await UntilAsync(Confirming, 1);
        append.IsCompleted.ShouldBeFalse();
        await StandbyReturnsAsync();
        (await append).ShouldBeOfType<AppendResult.Appended>().Versions[stream].ShouldBe(1);
        (await store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_first_answer_in_doubt_is_not_repeated()
    {
        await StandbyLeavesAsync();
        var append = store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()) with { Answer = Answer() }, Stop);
        await CancelTheWaitAsync("%mt_events_sequence%");
        await UntilAsync(Confirming, 1);

        var found = store.FindAnswerAsync(Tenant, "agent-1", "key-1", Stop);
        var again = store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.Exactly(7), Visit()) with { Answer = Answer() }, Stop);
        await UntilAsync(Confirming, 3);
        found.IsCompleted.ShouldBeFalse();
        again.IsCompleted.ShouldBeFalse();

        await StandbyReturnsAsync();
        (await append).ShouldBeOfType<AppendResult.Appended>();
        (await found).ShouldNotBeNull().Status.ShouldBe(201);
        (await again).ShouldBeOfType<AppendResult.AnsweredBefore>();
        (await store.FindAnswerAsync(Tenant, "agent-1", "key-2", Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Positions_are_not_shown_before_the_standby_has_them()
    {
        var sequencer = new Sequencer(source, new EventStoreOptions(), store.Appended);
        await store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()), Stop);
        await StandbyLeavesAsync();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var placing = sequencer.PlaceNewAsync(over.Token);
        await UntilAsync("select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query like '%cf_log%'", 1);
        await over.CancelAsync();
        await Task.WhenAny(placing, Task.Delay(300, Stop));
        await UntilAsync("select count(*) from caseflow.cf_log", 0);
        placing.IsCompleted.ShouldBeFalse();

        await CancelTheWaitAsync("%cf_log%");
        await UntilAsync(Confirming, 1);
        placing.IsCompleted.ShouldBeFalse();
        await StandbyReturnsAsync();
        (await placing).ShouldBe(1);
    }

    private async Task StandbyLeavesAsync()
    {
        await DoAsync("alter system set synchronous_standby_names = 'nobody'");
        await DoAsync("select pg_reload_conf()");
        await UntilAsync("select count(*) from pg_settings where name = 'synchronous_standby_names' and setting = 'nobody'", 1);
    }

    private async Task StandbyReturnsAsync()
    {
        await DoAsync("alter system reset synchronous_standby_names");
        await DoAsync("select pg_reload_conf()");
    }

    private async Task CancelTheWaitAsync(string statement)
    {
        await UntilAsync($"select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query like '{statement}'", 1);
        await DoAsync($"select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep' and query like '{statement}'");
    }

    private async Task DoAsync(string statement)
    {
        await using var command = watching.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task UntilAsync(string count, long expected)
    {
        await using var command = watching.CreateCommand(count);
        for (var tries = 0; await command.ExecuteScalarAsync(Stop) is not long found || found != expected; tries++)
        {
            tries.ShouldBeLessThan(1000, count);
            await Task.Delay(10, Stop);
        }
    }
}
