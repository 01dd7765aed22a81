using CaseFlow.EventStore;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>A live Marten application appends too: it takes no fence, and draws numbers inside its transactions or before them.</summary>
public sealed class SharingTheTablesWithMarten : IAsyncLifetime
{
    private StoreDatabase database = null!;
    private EventStoreOptions options = null!;
    private Sequencer sequencer = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await StoreDatabase.CreateAsync();
        options = new EventStoreOptions { SharedWithMarten = true };
        sequencer = new Sequencer(database.Source, options, new LogSignal());
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_number_drawn_without_the_fence_is_placed_whenever_it_comes(bool drawnBefore)
    {
        var drawn = drawnBefore ? await OpenAppend.DrawAsync(database, 2) : null;
        await using var marten = await OpenAppend.BeginAsync(database, Guid.NewGuid(), count: 2, fenced: false, numbers: drawn);
        await AppendAsync();
        for (var time = 0; time < 3; time++)
            await sequencer.PlaceNewAsync(Stop);
        await AppendAsync();
        await marten.CommitAsync();

        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(3);
        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(0);
        (await OrderAsync()).ShouldBe([3, 1, 2, 4]);
        (await GapsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_number_that_never_comes_is_never_given_up()
    {
        await OpenAppend.DrawAsync(database, 3);
        await AppendAsync();
        for (var time = 0; time < 3; time++)
            await sequencer.PlaceNewAsync(Stop);

        (await GapsAsync()).ShouldBe(1);
        // The declaration is what keeps the gap: it stands in the database, whatever else looks.
        await database.Sequencer.PlaceNewAsync(Stop);
        (await GapsAsync()).ShouldBe(1);
        await database.DoAsync("update caseflow.cf_log_head set shared = false");
        await database.Sequencer.PlaceNewAsync(Stop);
        (await GapsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_stream_keeps_its_order_though_its_numbers_were_drawn_the_other_way_round()
    {
        var stream = Guid.NewGuid();
        var early = await OpenAppend.DrawAsync(database);
        await AppendAsync();
        await using (var first = await OpenAppend.BeginAsync(database, stream, fenced: false))
            await first.CommitAsync();
        await using (var second = await OpenAppend.BeginAsync(database, stream, version: 2, fenced: false, numbers: early))
            await second.CommitAsync();
        await AppendAsync();

        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(4);
        (await OrderAsync()).ShouldBe([2, 3, 1, 4]);
    }

    [Fact]
    public async Task A_later_version_waits_for_an_earlier_one_in_a_gap_that_is_seldom_looked_into()
    {
        var stream = Guid.NewGuid();
        var first = await OpenAppend.DrawAsync(database);
        await AppendAsync();
        await sequencer.PlaceNewAsync(Stop);
        await database.DoAsync("update caseflow.cf_log_gaps set seen_at = now() - interval '1 hour'");
        await using (var early = await OpenAppend.BeginAsync(database, stream, fenced: false, numbers: first))
            await early.CommitAsync();
        await using (var late = await OpenAppend.BeginAsync(database, stream, version: 2, count: 2, fenced: false))
            await late.CommitAsync();
        await AppendAsync();

        var placing = new PlaceStatement(options, new StoreSql(options));
        await using var connection = await database.Owner.OpenConnectionAsync(Stop);
        var young = await placing.RunAsync(connection, NoLease.Instance, 0, TimeSpan.FromMinutes(1), Stop);
        young.Placed.ShouldBe(1);
        (await placing.RunAsync(connection, NoLease.Instance, 0, young: null, Stop)).Placed.ShouldBe(3);
        (await OrderAsync()).ShouldBe([2, 5, 1, 3, 4]);
        (await GapsAsync()).ShouldBe(0);
    }

    private Task<AppendResult> AppendAsync() => database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()), Stop);

    private Task<long> GapsAsync() => database.AskAsync<long>("select count(*) from caseflow.cf_log_gaps");

    private Task<long[]> OrderAsync() => database.AskAsync<long[]>("select array_agg(seq_id order by position) from caseflow.cf_log");
}
