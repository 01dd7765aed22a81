using System.Collections.Concurrent;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.Integration.EventStore;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.Background;

/// <summary>Two and three daemons on one database, and what is done to them.</summary>
public sealed class LeadingTheWork : IAsyncLifetime
{
    private readonly CancellationTokenSource over = new();
    private readonly List<Task> running = [];
    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await Task.WhenAll(running);
        over.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task One_leads_the_others_stand_by_and_any_of_them_says_who()
    {
        var daemons = new[] { "a", "b", "c" }.Select(name => database.Daemon(name)).ToList();
        foreach (var daemon in daemons)
            Start(daemon);
        await UntilAsync(() => daemons.Any(daemon => daemon.IsLeader));

        daemons.Count(daemon => daemon.IsLeader).ShouldBe(1);
        var told = await Task.WhenAll(daemons.Select(daemon => daemon.StatusAsync(Stop)));
        told.ShouldAllBe(status => status.Epoch == 1 && status.IsHeld && status.Since != null);
        told.Select(status => status.Holder).Distinct().ShouldHaveSingleItem().ShouldBe("abc"[daemons.FindIndex(daemon => daemon.IsLeader)].ToString());
        told.Count(status => status.IsHere).ShouldBe(1);
    }

    [Fact]
    public async Task No_event_is_placed_twice_and_no_two_reigns_overlap_while_sessions_are_killed()
    {
        var reigns = new Reigns(database);
        var daemons = Enumerable.Range(0, 3).Select(n => database.Daemon($"node-{n}")).ToList();
        foreach (var daemon in daemons)
            Start(daemon, new DaemonWork("sequencer", NewSequencer().RunAsync), new DaemonWork("reign", reigns.WorkAsync));
        var writing = Task.Run(
            async () =>
            {
                for (var number = 0; number < 150; number++)
                    await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.Any, Visit(number)), Stop);
            },
            Stop);
        for (var kill = 1; kill <= 4; kill++)
        {
            await database.UntilAsync($"select epoch >= {kill} from caseflow.cf_work_lease");
            await UntilAsync(() => reigns.Seen >= kill);
            await KillHolderAsync();
        }

        await writing;
        await database.UntilAsync("select count(*) = 150 from caseflow.cf_log");
        await UntilAsync(() => reigns.Seen >= 5);
        reigns.Overlaps.ShouldBe(0);
        (await database.AskAsync<bool>("select max(position) = 150 and count(distinct seq_id) = 150 from caseflow.cf_log")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_successor_waits_for_work_begun_before_it_and_refuses_what_comes_after()
    {
        var (begun, goOn, ended) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource<Exception?>());
        Start(database.Daemon("old"), new DaemonWork("slow", async (lease, _) =>
        {
            await using var connection = await database.Owner.OpenConnectionAsync(Stop);
            await using (var transaction = await connection.BeginTransactionAsync(Stop))
            {
                await lease.HoldAsync(connection, Stop);
                begun.SetResult();
                await goOn.Task;
                await transaction.CommitAsync(Stop);
            }

            // Deaf to being told to stop, as a node is that was cut off.
            await database.UntilAsync("select epoch = 2 from caseflow.cf_work_lease");
            ended.TrySetResult(await Record.ExceptionAsync(() => lease.HoldAsync(connection, Stop)));
        }));
        await begun.Task;
        await KillHolderAsync();
        var successor = database.Daemon("new");
        Start(successor);
        await database.UntilAsync($"select count(*) = 1 from pg_locks where classid = {AdvisoryLocks.EpochClass} and not granted and {TestDatabase.OfThisDatabase}");

        successor.IsLeader.ShouldBeFalse();
        (await database.AskAsync<long>("select epoch from caseflow.cf_work_lease")).ShouldBe(1);
        goOn.SetResult();
        (await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), Stop)).ShouldBeOfType<LeaseLostException>();
        await UntilAsync(() => successor.IsLeader);
    }

    [Fact]
    public async Task Work_that_stands_still_in_its_transaction_is_ended_and_can_keep_nothing()
    {
        await database.DoAsync("create table public.kept (n int)");
        var (begun, committing) = (new TaskCompletionSource(), new TaskCompletionSource<Exception?>());
        Start(database.Daemon("old"), new DaemonWork("stands still", async (lease, _) =>
        {
            await using var connection = await database.Owner.OpenConnectionAsync(Stop);
            await using var transaction = await connection.BeginTransactionAsync(Stop);
            await lease.HoldAsync(connection, Stop);
            await using (var write = new NpgsqlCommand("insert into public.kept values (1)", connection))
                await write.ExecuteNonQueryAsync(Stop);
            begun.SetResult();
            await database.UntilAsync("select epoch = 2 from caseflow.cf_work_lease");
            committing.SetResult(await Record.ExceptionAsync(() => transaction.CommitAsync(Stop)));
        }));
        await begun.Task;
        await KillHolderAsync();
        var successor = database.Daemon("new");
        Start(successor);

        await UntilAsync(() => successor.IsLeader);
        (await committing.Task).ShouldNotBeNull();
        (await database.AskAsync<long>("select count(*) from public.kept")).ShouldBe(0);
    }

    [Fact]
    public async Task A_node_that_is_killed_in_the_midst_of_a_statement_is_followed_before_the_statement_ends()
    {
        await using var relay = new Relay(database.ConnectionString);
        await using var source = StoreDataSource.Create(relay.ConnectionString);
        await using var leases = StoreDataSource.ForLease(relay.ConnectionString);
        Start(new Daemon(leases, database.Options, new LogSignal(), "killed"), new DaemonWork("indexes", async (lease, cancellation) =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await lease.HoldAsync(connection, cancellation);
            await using var indexing = new NpgsqlCommand("select pg_sleep(300)", connection) { CommandTimeout = 0 };
            await indexing.ExecuteNonQueryAsync(CancellationToken.None);
        }));
        await database.UntilAsync("select count(*) = 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");
        var successor = database.Daemon("new");
        Start(successor);
        await relay.CutAsync();

        await UntilAsync(() => successor.IsLeader);
    }

    [Fact]
    public async Task A_node_that_holds_the_lease_and_is_silent_is_followed_by_another()
    {
        // Stopped, or cut off behind an open connection: its session is there and says nothing.
        await using var silent = await database.Leases.OpenConnectionAsync(Stop);
        await using (var take = new NpgsqlCommand($"select pg_advisory_lock({AdvisoryLocks.LeaseClass}, {database.Options.LockKey})", silent))
            await take.ExecuteNonQueryAsync(Stop);
        var waiting = database.Daemon("waiting");
        Start(waiting);
        await Task.Delay(300, Stop);
        waiting.IsLeader.ShouldBeFalse();

        await UntilAsync(() => waiting.IsLeader, seconds: 10);
    }

    [Fact]
    public async Task Work_that_fails_is_begun_again_and_stops_no_other()
    {
        var (runs, steady) = (0, 0);
        var failed = new ConcurrentBag<(string Work, Exception Error)>();
        var daemon = database.Daemon("a");
        daemon.Failed += (work, error) => failed.Add((work, error));
        Start(
            daemon,
            new DaemonWork("fails", async (_, cancellation) =>
            {
                if (Interlocked.Increment(ref runs) < 3)
                    throw new FormatException("not today");
                await Task.Delay(Timeout.Infinite, cancellation);
            }),
            new DaemonWork("steady", async (_, cancellation) =>
            {
                Interlocked.Increment(ref steady);
                await Task.Delay(Timeout.Infinite, cancellation);
            }));
        await UntilAsync(() => Volatile.Read(ref runs) == 3);

        failed.Select(failure => (failure.Work, failure.Error.Message)).ShouldBe([("fails", "not today"), ("fails", "not today")]);
        Volatile.Read(ref steady).ShouldBe(1);
        var status = await daemon.StatusAsync(Stop);
        status.Failures.ShouldHaveSingleItem().Error.ShouldBe("FormatException: not today");
        status.IsHere.ShouldBeTrue();
    }

    [Fact]
    public async Task Work_ends_before_the_daemon_does()
    {
        var (begun, ended) = (false, false);
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        var daemon = database.Daemon("a");
        var run = daemon.RunAsync(
            [new DaemonWork("slow to stop", async (_, cancellation) =>
            {
                begun = true;
                await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await Task.Delay(100, Stop);
                ended = true;
            })],
            mine.Token);
        await UntilAsync(() => begun);
        await mine.CancelAsync();
        await run;

        ended.ShouldBeTrue();
        daemon.IsLeader.ShouldBeFalse();
        await database.UntilAsync($"select count(*) = 0 from pg_locks where classid = {AdvisoryLocks.LeaseClass} and {TestDatabase.OfThisDatabase}");
    }

    [Fact]
    public async Task A_node_standing_by_passes_on_that_it_has_appended()
    {
        var leader = database.Daemon("leader", new LogSignal());
        var heard = new LogSignal();
        Start(leader);
        await UntilAsync(() => leader.IsLeader);
        Start(database.Daemon("standing by"));
        await using var listening = await database.Leases.OpenConnectionAsync(Stop);
        listening.Notification += (_, _) => heard.Pulse();
        await using (var listen = new NpgsqlCommand($"listen {database.Options.Channel}", listening))
            await listen.ExecuteNonQueryAsync(Stop);
        var next = heard.Next;

        for (var tries = 0; !next.IsCompleted; tries++)
        {
            tries.ShouldBeLessThan(100);
            await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()), Stop);
            await listening.WaitAsync(TimeSpan.FromMilliseconds(100), Stop);
        }
    }

    [Fact]
    public async Task However_many_appends_there_are_it_passes_on_only_so_often()
    {
        var leader = database.Daemon("leader", new LogSignal());
        var (heard, appended) = (0, new LogSignal());
        Start(leader);
        await UntilAsync(() => leader.IsLeader);
        await using var listening = await database.Owner.OpenConnectionAsync(Stop);
        listening.Notification += (_, _) => heard++;
        await using (var listen = new NpgsqlCommand($"listen {database.Options.Channel}", listening))
            await listen.ExecuteNonQueryAsync(Stop);
        Start(database.Daemon("standing by", appended));
        for (var tries = 0; heard == 0; tries++)
        {
            tries.ShouldBeLessThan(100);
            appended.Pulse();
            await listening.WaitAsync(TimeSpan.FromMilliseconds(100), Stop);
        }

        (heard, var pulses) = (0, 0);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (; watch.ElapsedMilliseconds < 300; pulses++)
        {
            appended.Pulse();
            await Task.Yield();
        }

        while (await listening.WaitAsync(TimeSpan.FromMilliseconds(100), Stop))
        {
            // Whatever is still on its way.
        }

        // A slow machine has more time for each and sends fewer.
        heard.ShouldBeInRange(1, (int)(watch.ElapsedMilliseconds / 20) + 2);
        heard.ShouldBeLessThan(pulses);
    }

    private void Start(Daemon daemon, params DaemonWork[] work) => running.Add(daemon.RunAsync(work, over.Token));

    /// <summary>A node of its own: it hears of nothing but through the database.</summary>
    private Sequencer NewSequencer() => new(database.Source, database.Options, new LogSignal());

    private Task KillHolderAsync() => database.DoAsync(
        $"select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and classid = {AdvisoryLocks.LeaseClass} and {TestDatabase.OfThisDatabase}");

    private static async Task UntilAsync(Func<bool> reached, int seconds = 20)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!reached())
        {
            waited.Elapsed.TotalSeconds.ShouldBeLessThan(seconds);
            await Task.Delay(5, Stop);
        }
    }

    /// <summary>Work that notices when transactions of two reigns are open at once.</summary>
    private sealed class Reigns(StoreDatabase database)
    {
        private readonly ConcurrentDictionary<IWorkLease, int> open = new();
        private readonly ConcurrentDictionary<IWorkLease, bool> seen = new();
        private int overlaps;

        public int Overlaps => Volatile.Read(ref overlaps);

        public int Seen => seen.Count;

        public async Task WorkAsync(IWorkLease lease, CancellationToken cancellation)
        {
            while (true)
            {
                await using var connection = await database.Owner.OpenConnectionAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                await lease.HoldAsync(connection, cancellation);
                seen[lease] = true;
                open[lease] = 1;
                if (open.Count > 1)
                    Interlocked.Increment(ref overlaps);
                await Task.Delay(2, CancellationToken.None);
                open.TryRemove(lease, out _);
                await transaction.CommitAsync(cancellation);
            }
        }
    }
}
