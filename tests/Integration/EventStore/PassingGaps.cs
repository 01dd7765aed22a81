using CaseFlow.EventStore;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>Numbers that are missing below a visible one: still to come, drawn in vain, or never drawn.</summary>
public sealed class PassingGaps : IAsyncLifetime
{
    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Nobody_waits_for_an_append_that_is_stuck()
    {
        await using var stuck = await OpenAppend.BeginAsync(database, Guid.NewGuid());
        await AppendAsync(3);

        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(3);
        (await GapsAsync()).ShouldBe("1-1");
        await stuck.CommitAsync();
        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(1);

        (await OrderAsync()).ShouldBe([2, 3, 4, 1]);
        (await GapsAsync()).ShouldBeEmpty();
        (await database.AskAsync<long>("select position from caseflow.cf_log_ends")).ShouldBe(4);
    }

    [Fact]
    public async Task A_number_rolled_back_is_remembered_until_all_who_may_have_drawn_it_have_ended()
    {
        await using var fails = await OpenAppend.BeginAsync(database, Guid.NewGuid());
        await using var commits = await OpenAppend.BeginAsync(database, Guid.NewGuid(), count: 2);
        await AppendAsync(1);
        await fails.RollbackAsync();

        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(1);
        (await GapsAsync()).ShouldBe("1-3");
        await commits.CommitAsync();
        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(2);
        (await GapsAsync()).ShouldBeEmpty();
        (await OrderAsync()).ShouldBe([4, 2, 3]);
    }

    [Fact]
    public async Task A_gap_shrinks_around_what_has_come()
    {
        await using var first = await OpenAppend.BeginAsync(database, Guid.NewGuid(), count: 3);
        await using var middle = await OpenAppend.BeginAsync(database, Guid.NewGuid(), count: 2);
        await using var last = await OpenAppend.BeginAsync(database, Guid.NewGuid(), count: 3);
        await AppendAsync(1);
        await database.Sequencer.PlaceNewAsync(Stop);
        (await GapsAsync()).ShouldBe("1-8");

        await middle.CommitAsync();
        await database.Sequencer.PlaceNewAsync(Stop);
        (await GapsAsync()).ShouldBe("1-3 6-8");
        await first.RollbackAsync();
        await last.CommitAsync();
        await database.Sequencer.PlaceNewAsync(Stop);
        (await GapsAsync()).ShouldBeEmpty();
        (await OrderAsync()).ShouldBe([9, 4, 5, 6, 7, 8]);
    }

    [Fact]
    public async Task A_sequence_that_jumps_leaves_one_gap_however_wide()
    {
        await AppendAsync(1);
        await database.DoAsync("select setval('caseflow.mt_events_sequence', 5000000000)");
        await using var elsewhere = await OpenAppend.BeginAsync(database, Guid.NewGuid());
        await AppendAsync(1);

        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(2);
        (await GapsAsync()).ShouldBe("2-5000000001");
        await elsewhere.CommitAsync();
        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(1);
        (await GapsAsync()).ShouldBeEmpty();
        (await OrderAsync()).ShouldBe([1, 5000000002, 5000000001]);
    }

    [Fact]
    public async Task A_session_that_appends_again_and_again_holds_no_gap_open()
    {
        await using var judging = await database.Owner.OpenConnectionAsync(Stop);
        var fence = new LockFence(judging, database.Options, new StoreSql(database.Options));
        await using var session = await database.Owner.OpenConnectionAsync(Stop);
        var first = await HoldFenceAsync(session);
        (await fence.SettledBelowAsync(5, Stop)).ShouldBe(0);
        await first.CommitAsync(Stop);
        var second = await HoldFenceAsync(session);

        (await fence.SettledBelowAsync(9, Stop)).ShouldBe(5);
        (await fence.SettledBelowAsync(9, Stop)).ShouldBe(0);
        await second.CommitAsync(Stop);
        (await fence.SettledBelowAsync(12, Stop)).ShouldBe(9);
        (await fence.SettledBelowAsync(12, Stop)).ShouldBe(12);
    }

    [Fact]
    public async Task An_append_that_commits_while_its_gap_is_judged_is_not_lost()
    {
        for (var round = 0; round < 30; round++)
        {
            await using var open = await OpenAppend.BeginAsync(database, Guid.NewGuid());
            await AppendAsync(1);
            await Task.WhenAll(
                Task.Run(open.CommitAsync, Stop),
                Task.Run(() => database.Sequencer.PlaceNewAsync(Stop), Stop),
                Task.Run(() => database.Sequencer.PlaceNewAsync(Stop), Stop));
        }

        await database.Sequencer.PlaceNewAsync(Stop);
        (await OrderAsync()).Order().ShouldBe(Enumerable.Range(1, 60).Select(number => (long)number));
        (await GapsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backlog_larger_than_a_page_is_placed_in_order_above_and_inside_a_gap()
    {
        await using var late = await OpenAppend.BeginAsync(database, Guid.NewGuid(), count: 4500);
        await using (var first = await OpenAppend.BeginAsync(database, Guid.NewGuid(), count: 4100))
            await first.CommitAsync();
        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(4100);
        await late.CommitAsync();
        await AppendAsync(2);

        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(4502);
        (await GapsAsync()).ShouldBeEmpty();
        (await OrderAsync()).ShouldBe([.. Numbers(4501, 4100), .. Numbers(1, 4500), .. Numbers(8601, 2)]);
    }

    [Fact]
    public async Task A_tombstone_in_a_gap_fills_it_without_a_position()
    {
        await using var stuck = await OpenAppend.BeginAsync(database, Guid.NewGuid());
        var numbers = await OpenAppend.DrawAsync(database);
        await AppendAsync(1);
        await database.Sequencer.PlaceNewAsync(Stop);
        await database.DoAsync(
            $"""
            insert into caseflow.mt_streams (id, version) values ('{Guid.Empty}', 0);
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            values ({numbers[0]}, gen_random_uuid(), '{Guid.Empty}', 1, '{"{}"}', 'tombstone', now())
            """);

        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(0);
        (await GapsAsync()).ShouldBe("1-1");
        (await OrderAsync()).ShouldBe([3]);
    }

    [Fact]
    public async Task Locks_are_seen_past_whatever_isolation_the_server_defaults_to()
    {
        await database.DoAsync("do $$ begin execute format('alter database %I set default_transaction_isolation = serializable', current_database()); end $$");
        database.Source.Clear();

        (await database.AskAsync<string>("show transaction_isolation")).ShouldBe("read committed");
    }

    private static IEnumerable<long> Numbers(long first, int count) => Enumerable.Range(0, count).Select(number => first + number);

    private async Task AppendAsync(int events)
    {
        for (var number = 0; number < events; number++)
            (await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()), Stop)).ShouldBeOfType<AppendResult.Appended>();
    }

    private Task<string> GapsAsync() => database.AskAsync<string>(
        "select coalesce(string_agg(first_seq || '-' || last_seq, ' ' order by first_seq), '') from caseflow.cf_log_gaps");

    private Task<long[]> OrderAsync() => database.AskAsync<long[]>("select array_agg(seq_id order by position) from caseflow.cf_log");

    private async Task<NpgsqlTransaction> HoldFenceAsync(NpgsqlConnection session)
    {
        var transaction = await session.BeginTransactionAsync(Stop);
        await using var fence = new NpgsqlCommand(
            $"select pg_advisory_xact_lock_shared({AdvisoryLocks.FenceClass}, {database.Options.LockKey})", session);
        await fence.ExecuteNonQueryAsync(Stop);
        return transaction;
    }
}
