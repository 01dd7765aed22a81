using CaseFlow.Api.Composition;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Processes;
using CaseFlow.Integration.EventStore;
using Npgsql;

namespace CaseFlow.Integration.Processes;

/// <summary>A program that is stopped or cut off in the middle of its work keeps nobody else from it for long.</summary>
public sealed class StandingStill : IAsyncLifetime
{
    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Another_node_takes_over_the_message_and_the_timer_of_one_that_hangs()
    {
        await using var hanging = new CaseFlowDatabase(database.ConnectionString, Example.NewWrappingKey());
        await using var other = new CaseFlowDatabase(database.ConnectionString, Example.NewWrappingKey());
        await other.MigrateAsync(Stop);
        await database.DoAsync("insert into caseflow.cf_outbox (id, tenant_id, topic, key, payload) values (gen_random_uuid(), 'north', 'notes', 'a', '{}')");
        await database.DoAsync("insert into caseflow.cf_timers (process, tenant_id, key, due_at, payload) values ('duty_notices', 'north', 'a', now(), '{}')");
        var now = DateTimeOffset.UtcNow.AddMinutes(1);
        var released = new TaskCompletionSource();
        var begun = new SemaphoreSlim(0);
        Task HangAsync()
        {
            begun.Release();
            return released.Task;
        }

        var sending = hanging.Outbox.DeliverDueAsync(new Sender(HangAsync), Stop);
        var firing = hanging.Notices.Queue.FireDueAsync(now, (_, _) => HangAsync(), Stop);
        await begun.WaitAsync(Stop);
        await begun.WaitAsync(Stop);
        var (delivered, fired) = (0, 0);
        for (var tries = 0; delivered + fired < 2; tries++)
        {
            tries.ShouldBeLessThan(250, $"delivered {delivered}, fired {fired}");
            delivered += await other.Outbox.DeliverDueAsync(new Sender(() => Task.CompletedTask), Stop);
            fired += await other.Notices.Queue.FireDueAsync(now, (_, _) => Task.CompletedTask, Stop);
            await Task.Delay(100, Stop);
        }

        (delivered, fired).ShouldBe((1, 1));
        released.SetResult();
        await Should.ThrowAsync<NpgsqlException>(sending);
        await Should.ThrowAsync<NpgsqlException>(firing);
    }

    [Fact]
    public async Task Sessions_of_the_background_have_limits_at_every_use_whatever_the_servers_defaults()
    {
        await database.DoAsync($"alter database \"{new NpgsqlConnectionStringBuilder(database.ConnectionString).Database}\" set default_transaction_isolation = 'repeatable read'");
        await using var pool = StoreDataSource.ForBackground(database.ConnectionString);
        for (var use = 0; use < 2; use++)
        {
            await using var connection = await pool.OpenConnectionAsync(Stop);
            foreach (var (setting, value) in new[]
            {
                ("transaction_isolation", "read committed"), ("idle_in_transaction_session_timeout", "10s"), ("lock_timeout", "10s"),
                ("client_connection_check_interval", "1s"),
            })
            {
                await using var show = new NpgsqlCommand($"show {setting}", connection);
                (await show.ExecuteScalarAsync(Stop)).ShouldBe(value, setting);
            }
        }

        await using var questions = StoreDataSource.ForQuestions(database.ConnectionString);
        await using var ask = questions.CreateCommand("show transaction_isolation");
        (await ask.ExecuteScalarAsync(Stop)).ShouldBe("read committed");
    }

    [Theory]
    [InlineData("'1s'", "'-1'", null)]
    [InlineData("client_connection_check_interval", "no_such_setting", null)]
    [InlineData("client_connection_check_interval", "max_connections", PostgresErrorCodes.CantChangeRuntimeParam)]
    public async Task Servers_that_refuse_the_watch_for_gone_clients_do_without_and_other_errors_are_told(string part, string refused, string? error)
    {
        var statement = new StoreSql(database.Options)["Background.Statements.notice_gone_clients"];
        statement.ShouldContain(part);

        var failure = await Record.ExceptionAsync(() => database.DoAsync(statement.Replace(part, refused, StringComparison.Ordinal)));

        (failure as PostgresException)?.SqlState.ShouldBe(error);
        (failure is null).ShouldBe(error is null);
    }

    private sealed class Sender(Func<Task> send) : IMessageSender
    {
        public string Topic => "notes";

        public Task SendAsync(OutboxMessage message, CancellationToken cancellation) => send();
    }
}
