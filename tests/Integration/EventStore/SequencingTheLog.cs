using System.Collections.Concurrent;
using CaseFlow.EventStore;
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
    public async Task With_writers_rollbacks_and_a_long_transaction_nothing_is_out_of_order_skipped_or_twice()
    {
        await using var unrelated = await database.Source.OpenConnectionAsync(Stop);
        await using var open = await unrelated.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Stop);
        await using (var snapshot = new NpgsqlCommand("select count(*), txid_current() from caseflow.mt_events", unrelated))
            await snapshot.ExecuteNonQueryAsync(Stop);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var stumbled = new ConcurrentBag<Exception>();
        var nodes = Enumerable.Range(0, 2).Select(_ =>
        {
            var node = new Sequencer(database.Source, database.Options, database.Store.Appended);
            node.Stumbled += stumbled.Add;
            return node.RunAsync(over.Token);
        }).ToList();
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
        await over.CancelAsync();
        await Task.WhenAll(nodes);

        stumbled.ShouldBeEmpty();
        seen.Select(recorded => recorded.Position!.Value).ShouldBe(Enumerable.Range(1, 480).Select(position => (long)position));
        seen.Select(recorded => recorded.Sequence).ShouldBeInOrder();
        seen.Select(recorded => recorded.EventId).Distinct().Count().ShouldBe(480);
        (await database.AskAsync<bool>(
            "select bool_and(earlier is null or earlier <= stamped_at) from (select stamped_at, lag(stamped_at) over (order by position) as earlier from caseflow.cf_log) as log"))
            .ShouldBeTrue();
        (await database.AskAsync<long>("select max(seq_id) from caseflow.mt_events")).ShouldBeGreaterThan(480);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_later_number_waits_for_an_earlier_one_that_is_not_decided(bool fails)
    {
        await using var holder = await database.Source.OpenConnectionAsync(Stop);
        await using var transaction = await holder.BeginTransactionAsync(Stop);
        await using (var hold = new NpgsqlCommand($"select {HeldBack.Lock}", holder))
            await hold.ExecuteNonQueryAsync(Stop);
        var slow = database.StoreWith(inline: new HeldBack(fails)).AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(1)), Stop);
        while (await database.AskAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and not granted") == 0)
            await Task.Delay(5, Stop);
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(2)), Stop);

        var placing = database.Sequencer.PlaceNewAsync(Stop);
        await Task.Delay(150, Stop);
        placing.IsCompleted.ShouldBeFalse();
        (await database.Store.EndOfLogAsync(Stop)).Position.ShouldBe(0);
        await transaction.RollbackAsync(Stop);

        (await placing).ShouldBe(fails ? 1 : 2);
        if (fails)
            await Should.ThrowAsync<PostgresException>(() => slow);
        else
            await slow;
        (await database.Store.ReadLogAsync(0, cancellation: Stop).Select(recorded => ((VisitNoted)recorded.Data).Number).ToListAsync(Stop))
            .ShouldBe(fails ? [2] : [1, 2]);
    }

    [Fact]
    public async Task Another_node_takes_over_when_the_leader_loses_its_session()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var nodes = Enumerable.Range(0, 2).Select(_ => new Sequencer(database.Source, database.Options, new LogSignal())).ToList();
        var running = nodes.Select(node => node.RunAsync(over.Token)).ToList();
        await AppendedAndPlacedAsync(1);
        nodes.Count(node => node.IsLeader).ShouldBe(1);

        await database.DoAsync(
            $"select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and classid = {AdvisoryLocks.LeaseClass}");

        await AppendedAndPlacedAsync(2);
        await over.CancelAsync();
        await Task.WhenAll(running);
        nodes.ShouldAllBe(node => !node.IsLeader);
        (await database.AskAsync<long>($"select count(*) from pg_locks where classid = {AdvisoryLocks.LeaseClass}")).ShouldBe(0);
    }

    [Fact]
    public async Task An_append_of_another_node_wakes_the_leader_by_notification()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var (leader, other) = (new Sequencer(database.Source, database.Options, new LogSignal()), database.Sequencer);
        var leading = leader.RunAsync(over.Token);
        while (!leader.IsLeader)
            await Task.Delay(5, Stop);
        var standingBy = other.RunAsync(over.Token);

        await AppendedAndPlacedAsync(1);

        other.IsLeader.ShouldBeFalse();
        await over.CancelAsync();
        await Task.WhenAll(leading, standingBy);
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
        await using var stamping = await database.Source.OpenConnectionAsync(Stop);
        await using var transaction = await stamping.BeginTransactionAsync(Stop);
        await using (var locked = new NpgsqlCommand($"select pg_advisory_xact_lock({AdvisoryLocks.StampClass}, {database.Options.LockKey})", stamping))
            await locked.ExecuteNonQueryAsync(Stop);
        var asked = database.Store.PositionAtAsync(DateTimeOffset.UtcNow, Stop);
        await Task.Delay(100, Stop);
        asked.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync(Stop);
        (await asked).ShouldBe(0);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = database.Sequencer.RunAsync(over.Token);
        var answers = new List<(DateTimeOffset Instant, long Position)>();
        for (var number = 0; number < 60; number++)
        {
            await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(number)), Stop);
            var now = await database.AskAsync<DateTime>("select clock_timestamp()");
            answers.Add((now, await database.Store.PositionAtAsync(now, Stop)));
        }

        await over.CancelAsync();
        await running;
        await database.Sequencer.PlaceNewAsync(Stop);
        foreach (var (instant, position) in answers)
            (await database.Store.PositionAtAsync(instant, Stop)).ShouldBe(position);
    }

    private async Task AppendedAndPlacedAsync(long position)
    {
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()), Stop);
        for (var tries = 0; (await database.Store.EndOfLogAsync(Stop)).Position < position; tries++)
        {
            tries.ShouldBeLessThan(1000);
            await Task.Delay(10, Stop);
        }
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
