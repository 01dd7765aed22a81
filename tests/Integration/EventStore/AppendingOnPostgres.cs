using CaseFlow.EventStore;
using CaseFlow.EventStore.Migrations;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>What only a real database can show of the append.</summary>
public sealed class AppendingOnPostgres : IAsyncLifetime
{
    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Writes_the_columns_as_Marten_would()
    {
        var stream = Guid.NewGuid();
        await database.Store.AppendAsync(
            One(stream, ExpectedVersion.NoStream, new NewEvent(Guid.NewGuid(), new DoseGiven(2, DoseUnit.NasalSpray), new ExampleHeaders("agent"))),
            Stop);

        (await database.AskAsync<string>(
            "select concat_ws(' | ', type, mt_dotnet_type, data, headers, user_name, correlation_id, causation_id, is_archived) from caseflow.mt_events"))
            .ShouldBe("dose_given | CaseFlow.Integration.EventStore.DoseGiven, CaseFlow.Integration | "
                + """{"unit": "nasalSpray", "amount": 2} | {"role": "agent"} | agent-1 | conversation-1 | cause-1 | f""");
        (await database.AskAsync<string>("select concat_ws(' | ', tenant_id, type, version, is_archived) from caseflow.mt_streams"))
            .ShouldBe("county-a | visits | 1 | f");
    }

    [Fact]
    public async Task Inline_rows_are_part_of_the_append()
    {
        var view = new VisitNumbers();
        await new Migrator(database.Owner, database.Options).MigrateAsync([view.TablesSql], Stop);
        var store = database.StoreWith(inline: view);
        var (stream, other) = (Guid.NewGuid(), Guid.NewGuid());
        await store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1), Visit(2)), Stop);

        (await store.AppendAsync(One(other, ExpectedVersion.NoStream, Visit(3), Visit(2)), Stop))
            .ShouldBe(new AppendResult.Duplicate(VisitNumbers.Constraint));

        (await store.ReadStreamAsync(Tenant, other, cancellation: Stop)).Version.ShouldBe(0);
        (await database.AskAsync<string>("select string_agg(number || ':' || version, ' ' order by number) from views.visit_numbers"))
            .ShouldBe("1:1 2:2");
    }

    [Fact]
    public async Task A_stream_being_created_elsewhere_holds_up_the_guard_that_it_must_not_exist()
    {
        var (absent, stream) = (Guid.NewGuid(), Guid.NewGuid());
        await using var elsewhere = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await elsewhere.BeginTransactionAsync(Stop);
        await using (var create = new NpgsqlCommand(
            $"insert into caseflow.mt_streams (tenant_id, id, version) values ('{Tenant}', '{absent}', 1)", elsewhere))
        {
            await create.ExecuteNonQueryAsync(Stop);
        }

        var guarded = database.Store.AppendAsync(
            Of(To(absent, ExpectedVersion.NoStream), To(stream, ExpectedVersion.NoStream, Visit())), Stop);
        await Task.Delay(100, Stop);
        guarded.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Stop);

        (await guarded).ShouldBe(new AppendResult.Conflict(absent, 0, 1));
    }

    [Fact]
    public async Task Two_nodes_that_guard_each_others_stream_do_not_deadlock()
    {
        var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(Of(To(a, ExpectedVersion.NoStream, Visit()), To(b, ExpectedVersion.NoStream, Visit())), Stop);

        for (var version = 1; version <= 20; version++)
        {
            var results = await Task.WhenAll(
                database.Store.AppendAsync(Of(To(a, ExpectedVersion.Exactly(version), Visit()), To(b, ExpectedVersion.Exactly(version))), Stop),
                database.StoreWith().AppendAsync(Of(To(b, ExpectedVersion.Exactly(version), Visit()), To(a, ExpectedVersion.Exactly(version))), Stop));
            results.OfType<AppendResult.Appended>().Count().ShouldBe(1);
            await database.Store.AppendAsync(
                One(results[0] is AppendResult.Appended ? b : a, ExpectedVersion.Exactly(version), Visit()), Stop);
        }

        (await database.AskAsync<long>("select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_cannot_share_waits_for_a_held_stream_once()
    {
        var (held, other) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(One(held, ExpectedVersion.NoStream, Visit()), Stop);
        await using var elsewhere = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await elsewhere.BeginTransactionAsync(Stop);
        await using (var hold = new NpgsqlCommand("set local idle_in_transaction_session_timeout = 0; select 1 from caseflow.mt_streams for update", elsewhere))
            await hold.ExecuteNonQueryAsync(Stop);

        var append = database.Store.AppendAsync(
            Of(To(held, ExpectedVersion.Exactly(1), Visit()), To(other, ExpectedVersion.NoStream, Visit())), Stop);
        var waits = new HashSet<DateTime>();
        while (!append.IsCompleted)
        {
            var since = await database.AskAsync<DateTime>(
                "select coalesce(max(a.xact_start), 'epoch') from pg_stat_activity a where a.datname = current_database() and a.wait_event_type = 'Lock'");
            if (since > DateTime.UnixEpoch)
                waits.Add(since);
            await Task.WhenAny(append, Task.Delay(50, Stop));
        }

        (await Should.ThrowAsync<PostgresException>(() => append)).SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
        waits.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_load_of_large_events_commits_every_few_megabytes()
    {
        var text = new string('x', 1_000_000);
        var events = Enumerable.Range(0, 10).Select(number => new NewEvent(Guid.CreateVersion7(), new VisitNoted(number, text))).ToArray();

        var loaded = await database.Store.AppendManyAsync(
            Tenant, new[] { new BulkEvents(Guid.NewGuid(), "visits", [.. events, events[0]]) }.ToAsyncEnumerable(), new AppendMetadata("importer"), Stop);

        (loaded.Recorded, loaded.AlreadyThere).ShouldBe((10, 1));
        (await database.AskAsync<long>("select count(distinct xmin::text) from caseflow.mt_events")).ShouldBe(3);
        (await database.AskAsync<string>("select string_agg(data ->> 'number', ' ' order by version) from caseflow.mt_events"))
            .ShouldBe("0 1 2 3 4 5 6 7 8 9");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(40, 1)]
    public async Task What_fails_at_the_commit_itself_is_not_told_as_appended(int appends, int streams)
    {
        await database.DoAsync(
            """
            create function public.fail() returns trigger language plpgsql as $$ begin raise exception 'at the commit'; end $$;
            create constraint trigger fails after insert on caseflow.mt_events deferrable initially deferred for each row execute function public.fail()
            """);

        var results = Enumerable.Range(0, appends).Select(_ => Task.Run(
            () => database.Store.AppendAsync(
                Of([.. Enumerable.Range(0, streams).Select(_ => To(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()))]), Stop),
            Stop)).ToList();

        foreach (var result in results)
            (await Should.ThrowAsync<PostgresException>(() => result)).MessageText.ShouldBe("at the commit");
    }

    [Fact]
    public async Task A_connection_killed_in_mid_append_leaves_the_event_stored_once()
    {
        await using var holder = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await holder.BeginTransactionAsync(Stop);
        await using (var hold = new NpgsqlCommand($"select {HeldBack.Lock}", holder))
            await hold.ExecuteNonQueryAsync(Stop);
        var stream = Guid.NewGuid();

        var append = database.StoreWith(inline: new HeldBack(fails: false)).AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()), Stop);
        await Until(() => database.AskAsync<bool>(
            $"select count(pg_terminate_backend(pid)) > 0 from pg_locks where locktype = 'advisory' and not granted and {TestDatabase.OfThisDatabase}"));
        await transaction.RollbackAsync(Stop);

        (await append).ShouldBeOfType<AppendResult.Appended>().Versions[stream].ShouldBe(1);
        (await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Under_a_hail_of_kills_every_append_is_stored_exactly_once()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var killer = Task.Run(
            async () =>
            {
                while (!over.IsCancellationRequested)
                {
                    await database.DoAsync(
                        """
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid() and state = 'active'
                        """).ContinueWith(_ => { }, TaskScheduler.Default);
                    await Task.Delay(40, Stop);
                }
            },
            Stop);
        var streams = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToList();

        await Task.WhenAll(streams.SelectMany(stream => new[] { stream, stream }).Select(async stream =>
        {
            for (var number = 0; number < 60; number++)
                (await database.Store.AppendAsync(One(stream, ExpectedVersion.Any, Visit(number)), Stop)).ShouldBeOfType<AppendResult.Appended>();
        }));
        await over.CancelAsync();
        await killer;

        foreach (var stream in streams)
        {
            var read = await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop);
            read.Events.Select(recorded => recorded.Version).ShouldBe(Enumerable.Range(1, 120).Select(version => (long)version));
            read.Events.GroupBy(recorded => ((VisitNoted)recorded.Data).Number).ShouldAllBe(number => number.Count() == 2);
        }
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            tries.ShouldBeLessThan(500);
            await Task.Delay(10, Stop);
        }
    }
}
