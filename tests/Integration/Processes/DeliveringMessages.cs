using System.Collections.Concurrent;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Processes;
using CaseFlow.Integration.EventStore;
using Npgsql;

namespace CaseFlow.Integration.Processes;

/// <summary>Messages leave at least once, in order per key, and none is lost or in the way for ever.</summary>
public sealed class DeliveringMessages : IAsyncLifetime
{
    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Several_nodes_deliver_each_message_once_and_each_key_in_order()
    {
        await PutAsync([.. Enumerable.Range(0, 60).Select(n => ($"key-{n % 5}", n))]);
        var receiver = new Receiver();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DeliverAllAsync(receiver), Stop)));

        receiver.Taken.Count.ShouldBe(60);
        foreach (var key in receiver.Taken.GroupBy(message => message.Key))
            key.Select(message => message.Payload).ShouldBe(Enumerable.Range(0, 12).Select(n => $$"""{"n": {{(n * 5) + int.Parse(key.Key[4..], null)}}}"""));
    }

    [Fact]
    public async Task Killed_between_sending_and_marking_it_sends_again_under_the_same_id()
    {
        await PutAsync(("a", 1));
        var receiver = new Receiver();
        var dying = new Receiver(async message =>
        {
            await receiver.SendAsync(message, Stop);
            await database.DoAsync("select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()");
        });

        await Should.ThrowAsync<NpgsqlException>(() => Outbox().DeliverDueAsync(dying, Stop));
        (await Outbox().DeliverDueAsync(receiver, Stop)).ShouldBe(1);
        (await Outbox().DeliverDueAsync(receiver, Stop)).ShouldBe(0);

        receiver.Taken.Count.ShouldBe(2);
        receiver.Taken.Select(message => message.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_message_that_fails_holds_its_own_key_only_and_is_set_aside_on_show_in_the_end()
    {
        await PutAsync(("poisoned", 1), ("poisoned", 2), ("sound", 3));
        var attempts = 0;
        var receiver = new Receiver(message => message.Payload.Contains('1') && Interlocked.Increment(ref attempts) > 0
            ? throw new InvalidOperationException("cannot be taken")
            : Task.CompletedTask);
        var outbox = Outbox();

        (await outbox.DeliverDueAsync(receiver, Stop)).ShouldBe(1);
        receiver.Taken.Single().Key.ShouldBe("sound");
        (await outbox.TroubledAsync(Stop)).ShouldHaveSingleItem().IsSetAside.ShouldBeFalse();
        for (var tries = 0; receiver.Taken.Count < 2; tries++)
        {
            tries.ShouldBeLessThan(500);
            await outbox.DeliverDueAsync(receiver, Stop);
            await Task.Delay(5, Stop);
        }

        attempts.ShouldBe(3);
        var troubled = (await outbox.TroubledAsync(Stop)).ShouldHaveSingleItem();
        (troubled.IsSetAside, troubled.Attempts, troubled.Error).ShouldBe((true, 3, "InvalidOperationException: cannot be taken"));

        await TryAgainAsync("south", troubled.Id);
        (await outbox.DeliverDueAsync(new Receiver(), Stop)).ShouldBe(0, "nobody else's message");
        await TryAgainAsync("north", troubled.Id);
        (await outbox.TroubledAsync("north", troubled.Id, Stop)).ShouldNotBeNull().Attempts.ShouldBe(0);
        (await outbox.DeliverDueAsync(new Receiver(), Stop)).ShouldBe(1);
        (await outbox.TroubledAsync(Stop)).ShouldBeEmpty();
        (await outbox.TroubledAsync("north", troubled.Id, Stop)).ShouldBeNull();
        await TryAgainAsync("north", troubled.Id);
        (await outbox.DeliverDueAsync(new Receiver(), Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_fails_after_the_server_has_ended_its_session_holds_its_own_key_only()
    {
        await PutAsync(("poisoned", 1), ("sound", 2));
        var receiver = new Receiver(async message =>
        {
            if (message.Key == "sound")
                return;
            await database.DoAsync("select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()");
            throw new InvalidOperationException("took\0 too long");
        });

        var outbox = new Outbox(database.Source, database.Options) { FirstRetry = TimeSpan.FromMinutes(10) };

        (await outbox.DeliverDueAsync(receiver, Stop)).ShouldBe(1);

        receiver.Taken.Single().Key.ShouldBe("sound");
        var troubled = (await outbox.TroubledAsync(Stop)).ShouldHaveSingleItem();
        (troubled.Key, troubled.Attempts, troubled.Error).ShouldBe(("poisoned", 1, "InvalidOperationException: took too long"));
    }

    [Fact]
    public async Task What_failed_in_one_hand_and_was_delivered_by_another_stays_delivered()
    {
        await PutAsync(("a", 1));
        var other = new Receiver();
        var receiver = new Receiver(async message =>
        {
            await database.DoAsync("select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()");
            for (var tries = 0; tries < 500 && await Outbox().DeliverDueAsync(other, Stop) == 0; tries++)
                await Task.Delay(5, Stop);
            throw new InvalidOperationException("took too long");
        });

        (await Outbox().DeliverDueAsync(receiver, Stop)).ShouldBe(0);

        other.Taken.Count.ShouldBe(1);
        (await database.AskAsync<bool>("select delivered_at is not null and set_aside_at is null and last_error is null and attempts = 1 from caseflow.cf_outbox")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_decision_about_a_message_that_is_being_sent_waits_for_nobody_outside()
    {
        await PutAsync(("a", 1));
        var decided = false;
        var receiver = new Receiver(async message =>
        {
            await TryAgainAsync("north", message.Id);
            decided = true;
        });

        (await Outbox().DeliverDueAsync(receiver, Stop)).ShouldBe(1);
        decided.ShouldBeTrue();
    }

    [Fact]
    public async Task A_sender_takes_its_own_topic_only()
    {
        await PutAsync(("a", 1));

        (await Outbox().DeliverDueAsync(new Receiver(topic: "another"), Stop)).ShouldBe(0);
        (await Outbox().DeliverDueAsync(new Receiver(), Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task The_next_message_is_found_by_its_number_however_many_wait()
    {
        await database.DoAsync(
            """
            insert into caseflow.cf_outbox (id, tenant_id, topic, key, payload)
            select gen_random_uuid(), 'north', 'notes', 'key-' || n, '{}' from generate_series(1, 5000) n
            """);
        await database.DoAsync("analyze caseflow.cf_outbox");
        await using var pool = StoreDataSource.ForBackground(database.ConnectionString);
        await using var explain = pool.CreateCommand("explain (analyze) " + new StoreSql(database.Options)["Processes.Statements.take_message"]);
        explain.Parameters.AddWithValue("topic", "notes");
        var plan = new List<string>();
        await using (var line = await explain.ExecuteReaderAsync(Stop))
        {
            while (await line.ReadAsync(Stop))
                plan.Add(line.GetString(0));
        }

        plan.ShouldContain(line => line.Contains("Index Scan using idx_cf_outbox_order") && line.Contains("rows=1 loops=1"), string.Join('\n', plan));
        plan.ShouldNotContain(line => line.Contains("Sort"), string.Join('\n', plan));
    }

    private Outbox Outbox() => new(database.Source, database.Options)
    {
        FirstRetry = TimeSpan.FromMilliseconds(20),
        LongestRetry = TimeSpan.FromMilliseconds(40),
        MostAttempts = 3,
    };

    /// <summary>Somebody's decision is recorded, and takes effect with that.</summary>
    private async Task TryAgainAsync(string tenant, Guid message)
    {
        var store = database.StoreWith(null, new MessageDecisions(database.Options, _ => message));
        var append = new Append(tenant, [Example.To(Guid.CreateVersion7(), ExpectedVersion.NoStream, Example.Visit())], new AppendMetadata("admin-1"));
        (await store.AppendAsync(append, Stop)).ShouldBeOfType<AppendResult.Appended>();
    }

    /// <summary>One that finds the next of a key in another's hands finds nothing, and looks again.</summary>
    private async Task DeliverAllAsync(Receiver receiver)
    {
        while (await database.AskAsync<bool>("select exists (select from caseflow.cf_outbox where delivered_at is null)"))
            await Outbox().DeliverDueAsync(receiver, Stop);
    }

    private async Task PutAsync(params (string Key, int Number)[] messages)
    {
        foreach (var (key, number) in messages)
        {
            await database.DoAsync(
                $$"""insert into caseflow.cf_outbox (id, tenant_id, topic, key, payload) values (gen_random_uuid(), 'north', 'notes', '{{key}}', '{"n": {{number}}}')""");
        }
    }

    private sealed class Receiver(Func<OutboxMessage, Task>? take = null, string topic = "notes") : IMessageSender
    {
        public string Topic => topic;

        public ConcurrentQueue<OutboxMessage> Taken { get; } = new();

        public async Task SendAsync(OutboxMessage message, CancellationToken cancellation)
        {
            if (take is not null)
                await take(message);
            Taken.Enqueue(message);
        }
    }
}
