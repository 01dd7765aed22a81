using CaseFlow.EventStore;
using CaseFlow.EventStore.Postgres;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>Appends that come together share a transaction, and nobody can tell.</summary>
public sealed class SharingATransaction : IAsyncLifetime
{
    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Appends_that_come_together_need_fewer_transactions()
    {
        var tenants = new[] { Tenant, "county-b" };
        var appends = Enumerable.Range(0, 300).Select(number =>
            One(Guid.NewGuid(), number % 3 == 0 ? ExpectedVersion.Any : ExpectedVersion.NoStream, Visit(number)) with { TenantId = tenants[number % 2] }).ToList();

        await BehindTheFenceAsync(() => appends.ConvertAll(append => database.Store.AppendAsync(append, Stop)), async results =>
        {
            foreach (var result in results)
                (await result).ShouldBeOfType<AppendResult.Appended>();
        });

        (await database.AskAsync<long>("select count(distinct xmin::text) from caseflow.mt_events")).ShouldBeLessThan(50);
        (await database.AskAsync<long>("select count(*) from (select xmin::text from caseflow.mt_events group by 1 having count(distinct tenant_id) > 1) x"))
            .ShouldBe(0);
        (await database.AskAsync<long>("select count(*) from caseflow.mt_events where (data ->> 'number')::int % 2 = 1 and tenant_id = 'county-b'"))
            .ShouldBe(150);
    }

    [Fact]
    public async Task Who_gives_up_while_waiting_leaves_no_trace_and_hurts_nobody()
    {
        using var impatience = new CancellationTokenSource();
        var streams = Enumerable.Range(0, 500).Select(_ => Guid.NewGuid()).ToArray();

        await BehindTheFenceAsync(
            () => streams.Select((stream, i) => database.Store.AppendAsync(
                One(stream, ExpectedVersion.NoStream, Visit()), i % 2 == 0 ? impatience.Token : Stop)).ToList(),
            async results =>
            {
                for (var i = 0; i < streams.Length; i++)
                {
                    if (i % 2 == 1)
                    {
                        (await results[i]).ShouldBeOfType<AppendResult.Appended>();
                    }
                    else
                    {
                        await results[i].ContinueWith(_ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);
                        results[i].IsCanceled.ShouldBe(
                            (await database.Store.ReadStreamAsync(Tenant, streams[i], cancellation: Stop)).Version == 0);
                    }
                }

                results.Count(result => result.IsCanceled).ShouldBeGreaterThan(30);
            },
            () => impatience.CancelAsync());
    }

    [Fact]
    public async Task What_the_database_refuses_is_refused_alone()
    {
        await BehindTheFenceAsync(
            () => [.. Enumerable.Range(0, 40).Select(number => database.Store.AppendAsync(
                One(Guid.NewGuid(), ExpectedVersion.NoStream, number == 20 ? Unstorable() : Visit(number)), Stop))],
            async all =>
            {
                (await Should.ThrowAsync<PostgresException>(() => all[20])).SqlState.ShouldBe(PostgresErrorCodes.UntranslatableCharacter);
                foreach (var result in all.Where((_, number) => number != 20))
                    (await result).ShouldBeOfType<AppendResult.Appended>();
            });

        (await database.AskAsync<long>("select count(*) from caseflow.mt_events")).ShouldBe(39);
        (await database.AskAsync<long>("select count(*) from pg_stat_activity where datname = current_database()")).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task A_stream_that_somebody_holds_holds_up_only_its_own_append()
    {
        var (held, others) = (Guid.NewGuid(), Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList());
        await database.Store.AppendAsync(One(held, ExpectedVersion.NoStream, Visit()), Stop);
        await using var elsewhere = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await elsewhere.BeginTransactionAsync(Stop);
        await using (var hold = new NpgsqlCommand("select 1 from caseflow.mt_streams for update", elsewhere))
            await hold.ExecuteNonQueryAsync(Stop);

        var waiting = database.Store.AppendAsync(One(held, ExpectedVersion.Exactly(1), Visit(2)), Stop);
        foreach (var result in await Task.WhenAll(others.Select(stream =>
            Task.Run(() => database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()), Stop), Stop))))
        {
            result.ShouldBeOfType<AppendResult.Appended>();
        }

        waiting.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync(Stop);
        (await waiting).ShouldBeOfType<AppendResult.Appended>().Versions[held].ShouldBe(2);
    }

    [Fact]
    public async Task What_is_refused_draws_no_number()
    {
        var stream = Guid.NewGuid();
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()) with { Answer = Answer() }, Stop);

        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()), Stop);
        await database.Store.AppendAsync(One(stream, ExpectedVersion.Exactly(7), Visit()), Stop);
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.Any, Visit()) with { Answer = Answer() }, Stop);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ =>
            Task.Run(() => database.Store.AppendAsync(One(stream, ExpectedVersion.Exactly(7), Visit()), Stop), Stop)));

        (await database.AskAsync<long>("select last_value from caseflow.mt_events_sequence")).ShouldBe(1);
    }

    [Fact]
    public async Task Several_hosts_may_be_named_and_the_primary_is_found()
    {
        var one = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        one.Host = $"127.0.0.1:1,{one.Host}:{one.Port}";
        one.TargetSessionAttributes = "primary";
        await using var source = StoreDataSource.Create(one.ConnectionString);
        var store = new PostgresEventStore(source, database.Options, Codec, database.Sealer);

        (await store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()), Stop)).ShouldBeOfType<AppendResult.Appended>();
    }

    /// <summary>Text that is sound JSON and that no database stores.</summary>
    private static NewEvent Unstorable() => new(Guid.CreateVersion7(), new VisitNoted(1, "\0"));

    /// <summary>Begins appends while nothing can be written, so that they wait together; then lets them go.</summary>
    private async Task BehindTheFenceAsync(
        Func<List<Task<AppendResult>>> begin, Func<List<Task<AppendResult>>, Task> then, Func<Task>? meanwhile = null)
    {
        await using var holder = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await holder.BeginTransactionAsync(Stop);
        await using (var fence = new NpgsqlCommand($"select pg_advisory_xact_lock({AdvisoryLocks.FenceClass}, {database.Options.LockKey})", holder))
            await fence.ExecuteNonQueryAsync(Stop);
        var results = begin();
        await Until(() => database.AskAsync<bool>($"select count(*) > 0 from pg_locks where locktype = 'advisory' and not granted and {TestDatabase.OfThisDatabase}"));
        if (meanwhile is not null)
            await meanwhile();
        await transaction.RollbackAsync(Stop);
        await then(results);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            tries.ShouldBeLessThan(1000);
            await Task.Delay(10, Stop);
        }
    }
}
