using CaseFlow.EventStore;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

public sealed class SequencingTheLog : IAsyncLifetime
{
    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task With_writers_rollbacks_a_stuck_append_and_a_long_transaction_nothing_is_out_of_order_skipped_or_twice()
    {
        await using var unrelated = await database.Owner.OpenConnectionAsync(Stop);
        await using var open = await unrelated.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Stop);
        await using (var snapshot = new NpgsqlCommand("select count(*), txid_current() from caseflow.mt_events", unrelated))
            await snapshot.ExecuteNonQueryAsync(Stop);
        await using var stuck = await OpenAppend.BeginAsync(database, Guid.NewGuid());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        // Two at once and without a lease: correctness rests on the stamp lock alone.
        var nodes = Enumerable.Range(0, 2).Select(_ =>
            new Sequencer(database.Source, database.Options, database.Store.Appended).RunAsync(NoLease.Instance, over.Token)).ToList();
        var seen = new List<RecordedEvent>();
        var reader = Task.Run(
            async () =>
            {
                while (seen.Count < 480)
                    seen.AddRange(await database.Store.ReadLogPageAsync(seen.Count, 100, cancellation: Stop));
            },
            Stop);

        await Task.WhenAll(
        [
            .. Enumerable.Range(0, 6).Select(async writer =>
            {
                var stream = Guid.NewGuid();
                for (var number = 0; number < 40; number++)
                    await database.Store.AppendAsync(One(stream, ExpectedVersion.Any, Visit(number), Visit(number)), Stop);
            }),
            .. Enumerable.Range(0, 2).Select(async _ =>
            {
                for (var number = 0; number < 40; number++)
                    await BurnSequenceNumbersAsync();
            }),
            Task.Run(
                async () =>
                {
                    for (var pass = 0; pass < 20; pass++)
                        await database.Sequencer.PlaceNewAsync(Stop);
                },
                Stop),
        ]);
        await reader.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await stuck.CommitAsync();
        await database.UntilAsync("select count(*) = 481 from caseflow.cf_log");
        await database.UntilAsync("select count(*) = 0 from caseflow.cf_log_gaps");
        await over.CancelAsync();
        foreach (var node in nodes)
            await Should.ThrowAsync<OperationCanceledException>(() => node);

        seen.Select(recorded => recorded.Position!.Value).ShouldBe(Enumerable.Range(1, 480).Select(position => (long)position));
        seen.Select(recorded => recorded.EventId).Distinct().Count().ShouldBe(480);
        // Each writer's appends follow one another, so their order is the stream's.
        foreach (var stream in seen.GroupBy(recorded => recorded.StreamId))
            stream.Select(recorded => recorded.Version).ShouldBe(Enumerable.Range(1, 80).Select(version => (long)version));
        (await database.AskAsync<bool>(
            "select bool_and(earlier is null or earlier <= stamped_at) from (select stamped_at, lag(stamped_at) over (order by position) as earlier from caseflow.cf_log) as log"))
            .ShouldBeTrue();
        (await database.AskAsync<long>("select max(seq_id) from caseflow.mt_events")).ShouldBeGreaterThan(480);
    }

    [Fact]
    public async Task Martens_tombstones_are_passed_over()
    {
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(1)), Stop);
        var tombstones = Guid.NewGuid();
        await database.DoAsync(
            $$"""
            insert into caseflow.mt_streams (id, version) values ('{{tombstones}}', 0);
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            select nextval('caseflow.mt_events_sequence'), gen_random_uuid(), '{{tombstones}}', n, '{}', 'tombstone', now()
            from generate_series(1, 3) as n
            """);
        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(1);
        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(0);
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(2)), Stop);
        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(1);

        (await database.Store.ReadStreamAsync("*DEFAULT*", tombstones, cancellation: Stop)).Events.ShouldBeEmpty();
        (await database.Store.ReadLogAsync(0, cancellation: Stop).Select(recorded => recorded.Position).ToListAsync(Stop)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task An_instant_waits_for_a_stamping_under_way_and_then_stays_what_it_is()
    {
        await using var stamping = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await stamping.BeginTransactionAsync(Stop);
        await using (var locked = new NpgsqlCommand($"select pg_advisory_xact_lock({AdvisoryLocks.StampClass}, {database.Options.LockKey})", stamping))
            await locked.ExecuteNonQueryAsync(Stop);
        var asked = database.Store.PositionAtAsync(DateTimeOffset.UtcNow, Stop);
        await Task.Delay(100, Stop);
        asked.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync(Stop);
        (await asked).ShouldBe(0);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = database.Sequencer.RunAsync(NoLease.Instance, over.Token);
        var answers = new List<(DateTimeOffset Instant, long Position)>();
        for (var number = 0; number < 60; number++)
        {
            await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(number)), Stop);
            var now = await database.AskAsync<DateTime>("select clock_timestamp()");
            answers.Add((now, await database.Store.PositionAtAsync(now, Stop)));
        }

        await over.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await database.Sequencer.PlaceNewAsync(Stop);
        foreach (var (instant, position) in answers)
            (await database.Store.PositionAtAsync(instant, Stop)).ShouldBe(position);
    }

    private async Task BurnSequenceNumbersAsync()
    {
        var fails = One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(), Visit());
        await Should.ThrowAsync<PostgresException>(() => database.StoreWith(inline: new DivideByZero()).AppendAsync(fails, Stop));
    }

    private sealed class DivideByZero : CaseFlow.EventStore.Views.IInlineView
    {
        public string Name => "divide-by-zero";

        public string TablesSql => "";

        public IReadOnlyList<string> Tables => [];

        public IEnumerable<NpgsqlBatchCommand> RowsFor(CaseFlow.EventStore.Views.InlineEvent appended) =>
            [new NpgsqlBatchCommand("select pg_sleep(random() * 0.01)"), new NpgsqlBatchCommand("select 1 / 0")];
    }
}
