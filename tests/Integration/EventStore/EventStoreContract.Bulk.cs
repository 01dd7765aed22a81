using CaseFlow.EventStore;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>The promises of <see cref="IBulkAppend"/>.</summary>
public abstract partial class EventStoreContract
{
    private static readonly AppendMetadata Importing = new("importer", "import-1");

    private IBulkAppend Bulk => (IBulkAppend)Store;

    [Fact]
    public async Task A_loaded_event_is_like_an_appended_one()
    {
        var (stream, visit) = (Guid.NewGuid(), Visit());
        var loaded = await Bulk.AppendManyAsync(
            Tenant, Told(new BulkEvents(stream, "visits", [visit, Visit(2)]), new BulkEvents(stream, "visits", [Visit(3)], "own")), Importing, Stop);
        loaded.Recorded.ShouldBe(3);
        await PlaceAsync();

        var events = (await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events;

        events[0].ShouldBe(new RecordedEvent(
            Tenant, stream, "visits", 1, visit.EventId, loaded.LastSequence - 2, 1, events[0].RecordedAt, visit.Data,
            new ExampleHeaders("agent"), Importing));
        events[0].RecordedAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        events[2].Metadata.CorrelationId.ShouldBe("own");
        (await Store.AppendAsync(One(stream, ExpectedVersion.Exactly(3), Visit(4)), Stop)).ShouldBeOfType<AppendResult.Appended>();
    }

    [Fact]
    public async Task A_repeated_load_records_nothing_twice_and_continues_where_it_was_cut_short()
    {
        var history = History(streams: 60, rounds: 100);
        var cut = await Bulk.AppendManyAsync(Tenant, Told([.. history.Take(1234)]), Importing, Stop);

        var whole = await Bulk.AppendManyAsync(Tenant, Told(history), Importing, Stop);
        var again = await Bulk.AppendManyAsync(Tenant, Told(history), Importing, Stop);

        (cut.Recorded, cut.AlreadyThere).ShouldBe((1234, 0));
        (whole.Recorded, whole.AlreadyThere).ShouldBe((6000 - 1234, 1234));
        again.ShouldBe(new BulkResult(0, 6000, 0));
        await HoldsAsync(history);
    }

    [Fact]
    public async Task Two_loads_of_the_same_at_once_record_it_once()
    {
        var history = History(streams: 30, rounds: 100);

        var loads = await Task.WhenAll(
            Task.Run(() => Bulk.AppendManyAsync(Tenant, Told(history), Importing, Stop), Stop),
            Task.Run(() => Bulk.AppendManyAsync(Tenant, Told(history), Importing, Stop), Stop));

        loads.Sum(load => load.Recorded).ShouldBe(3000);
        loads.Sum(load => load.AlreadyThere).ShouldBe(3000);
        await HoldsAsync(history);
    }

    [Fact]
    public async Task A_load_goes_on_behind_what_a_stream_holds_and_refuses_the_id_of_another()
    {
        var (stream, taken) = (Guid.NewGuid(), Visit());
        await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1), Visit(2)), Stop);
        await Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, taken), Stop);
        await Bulk.AppendManyAsync(Tenant, Told(new BulkEvents(stream, "visits", [Visit(3)])), Importing, Stop);

        foreach (var elsewhere in new[] { stream, Guid.NewGuid() })
        {
            await Should.ThrowAsync<InvalidOperationException>(() =>
                Bulk.AppendManyAsync(Tenant, Told(new BulkEvents(elsewhere, "visits", [taken])), Importing, Stop));
        }

        (await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events
            .Select(recorded => ((VisitNoted)recorded.Data).Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_load_seals_what_is_sealed()
    {
        var (client, stream) = (Guid.NewGuid(), Guid.NewGuid());
        await Bulk.AppendManyAsync(
            Tenant, Told(new BulkEvents(stream, "people", [Named(client, "Planted Name"), Named(client, "Another")])), Importing, Stop);
        await Bulk.AppendManyAsync(Tenant, Told(new BulkEvents(stream, "people", [Named(client, "Third")])), Importing, Stop);

        (await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events
            .ShouldAllBe(recorded => ((PersonNamed)recorded.Data).Name.Token!.StartsWith($"v1.{client:N}."));
    }

    private async Task HoldsAsync(BulkEvents[] history)
    {
        await PlaceAsync();
        foreach (var stream in history.GroupBy(events => events.StreamId))
        {
            var read = await Store.ReadStreamAsync(Tenant, stream.Key, cancellation: Stop);
            read.Events.Select(recorded => recorded.EventId).ShouldBe(stream.SelectMany(events => events.Events).Select(fresh => fresh.EventId));
            read.Events.Select(recorded => recorded.Version).ShouldBe(Numbers(read.Events.Count));
        }

        (await Store.EndOfLogAsync(Stop)).Position.ShouldBe(history.Length);
    }

    /// <summary>Streams that take turns, one event each.</summary>
    private static BulkEvents[] History(int streams, int rounds)
    {
        var ids = Enumerable.Range(0, streams).Select(_ => Guid.NewGuid()).ToArray();
        return [.. Enumerable.Range(0, rounds).SelectMany(round => ids.Select(id => new BulkEvents(id, "visits", [Visit(round)])))];
    }

    private static IAsyncEnumerable<BulkEvents> Told(params BulkEvents[] history) => history.ToAsyncEnumerable();
}
