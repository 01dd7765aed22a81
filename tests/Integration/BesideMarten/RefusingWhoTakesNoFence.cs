using CaseFlow.EventStore;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.Integration.EventStore;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.BesideMarten;

/// <summary>
/// A store that is not declared as shared takes no event of somebody whose commits the log would not wait for: refused is seen,
/// an event without a place is not.
/// </summary>
public sealed class RefusingWhoTakesNoFence : IAsyncLifetime
{
    private const string Refused = "CF411";

    private StoreDatabase database = null!;
    private MartenApplication marten = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await StoreDatabase.CreateAsync();
        await MartenApplication.InstallAsync(database.ConnectionString);
        marten = MartenApplication.Over(database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await marten.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Until_the_store_is_declared_as_shared()
    {
        var stream = Guid.NewGuid();
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1)), Stop);

        await IsRefusedAsync(() => marten.AppendAsync(stream, 1, new VisitNoted(2)));
        await IsRefusedAsync(() => marten.AppendAsync(Guid.NewGuid(), null, new VisitNoted(2)));
        (await database.AskAsync<long>("select count(*) from caseflow.mt_events")).ShouldBe(1);
        (await database.AskAsync<long>("select sum(version)::bigint from caseflow.mt_streams")).ShouldBe(1);

        await DeclareAsync(shared: true);
        await marten.AppendAsync(stream, 1, new VisitNoted(2));
        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task And_again_when_the_node_that_does_the_work_takes_the_declaration_back()
    {
        await DeclareAsync(shared: true);
        await marten.AppendAsync(Guid.NewGuid(), null, new VisitNoted(1));
        // The command line knows less: it may only declare.
        await database.Sequencer.PlaceNewAsync(Stop);
        await marten.AppendAsync(Guid.NewGuid(), null, new VisitNoted(2));

        await DeclareAsync(shared: false);

        await IsRefusedAsync(() => marten.AppendAsync(Guid.NewGuid(), null, new VisitNoted(3)));
        await database.Sequencer.PlaceNewAsync(Stop);
        (await database.AskAsync<long>("select count(*) from caseflow.cf_log")).ShouldBe(2);
    }

    [Fact]
    public async Task Who_was_let_in_before_it_was_taken_back_is_waited_for()
    {
        await DeclareAsync(shared: true);
        await using var open = await marten.BeginAsync(Guid.NewGuid(), [new VisitNoted(1)]);
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(2)), Stop);
        await DeclareAsync(shared: false);
        for (var look = 0; look < 3; look++)
            await database.Sequencer.PlaceNewAsync(Stop);
        (await database.AskAsync<long>("select count(*) from caseflow.cf_log_gaps")).ShouldBe(1);

        await open.CommitAsync();

        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(1);
        (await database.AskAsync<long>("select count(*) from caseflow.cf_log")).ShouldBe(2);
        (await database.AskAsync<long>("select count(*) from caseflow.cf_log_gaps")).ShouldBe(0);
    }

    [Fact]
    public async Task A_number_that_was_given_up_before_is_refused_and_a_new_one_taken()
    {
        var drawn = await OpenAppend.DrawAsync(database);
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(1)), Stop);
        await database.Sequencer.PlaceNewAsync(Stop);
        (await database.AskAsync<long>("select count(*) from caseflow.cf_log_gaps")).ShouldBe(0);
        await DeclareAsync(shared: true);
        var kept = await OpenAppend.DrawAsync(database);
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(2)), Stop);
        await database.Sequencer.PlaceNewAsync(Stop);

        await IsRefusedAsync(() => InsertAsync(drawn[0]));
        await InsertAsync(kept[0]);
        await marten.AppendAsync(Guid.NewGuid(), null, new VisitNoted(3));

        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(2);
    }

    [Fact]
    public async Task A_transaction_that_does_not_see_what_is_committed_meanwhile_is_refused()
    {
        await DeclareAsync(shared: true);

        await IsRefusedAsync(async () =>
        {
            await using var open = await marten.BeginAsync(Guid.NewGuid(), [new VisitNoted(1)], System.Data.IsolationLevel.RepeatableRead);
        });
    }

    [Fact]
    public async Task An_event_that_is_not_JSON_is_refused()
    {
        await DeclareAsync(shared: true);

        await IsRefusedAsync(() => InsertAsync(1, "'\\x01'"));
    }

    [Fact]
    public async Task Whoever_holds_the_fence_is_let_in_undeclared()
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using (var fence = new NpgsqlCommand(
            $"select pg_advisory_xact_lock_shared({CaseFlow.EventStore.Postgres.AdvisoryLocks.FenceClass}, {database.Options.LockKey})", connection))
        {
            await fence.ExecuteNonQueryAsync(Stop);
        }

        await using (var insert = new NpgsqlCommand(Insertion("nextval('caseflow.mt_events_sequence')", "null"), connection))
            await insert.ExecuteNonQueryAsync(Stop);
        await transaction.CommitAsync(Stop);

        (await database.Sequencer.PlaceNewAsync(Stop)).ShouldBe(1);
    }

    private static async Task IsRefusedAsync(Func<Task> append) =>
        MartenApplication.CauseOf(await Should.ThrowAsync<Exception>(append)).SqlState.ShouldBe(Refused);

    /// <summary>As the node with the lease does when it begins.</summary>
    private async Task DeclareAsync(bool shared)
    {
        using var begun = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var node = new Sequencer(database.Source, database.Options with { SharedWithMarten = shared }, new LogSignal()).RunAsync(new WholeLease(), begun.Token);
        await database.UntilAsync($"select shared = {shared} from caseflow.cf_log_head");
        await begun.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => node);
    }

    /// <summary>Somebody who is not this store, with a number drawn some time before.</summary>
    private async Task InsertAsync(long number, string binary = "null")
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var insert = new NpgsqlCommand(Insertion($"{number}", binary), connection);
        await insert.ExecuteNonQueryAsync(Stop);
    }

    private static string Insertion(string number, string binary) =>
        $$"""
        with stream as (
            insert into caseflow.mt_streams (tenant_id, id, type, version) values ('{{Tenant}}', gen_random_uuid(), 'visits', 1) returning id)
        insert into caseflow.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id)
        select {{number}}, gen_random_uuid(), id, 1, '{"number": 1, "place": "office"}', {{binary}}, 'visit_noted', now(), '{{Tenant}}' from stream
        """;

    /// <summary>Nobody else is there to take it over.</summary>
    private sealed class WholeLease : IWorkLease
    {
        public Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellation) => Task.CompletedTask;

        public void HoldIn(NpgsqlBatch batch)
        {
        }
    }
}
