using CaseFlow.EventStore;

namespace CaseFlow.Integration.EventStore;

public sealed class TheStoreOnPostgres : EventStoreContract, IAsyncLifetime
{
    private StoreDatabase database = null!;

    protected override IEventStore Store => database.Store;

    protected override IEventStore Through(EventCodec codec) => database.StoreWith(codec);

    protected override Task PlaceAsync() => database.Sequencer.PlaceNewAsync(TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();
}

public sealed class TheStoreInMemory : EventStoreContract
{
    private readonly InMemoryEventStore store = new(Example.Codec, TimeProvider.System, Example.NewWrappingKey());

    protected override IEventStore Store => store;

    protected override IEventStore Through(EventCodec codec) => store.Through(codec);

    protected override Task PlaceAsync() => Task.CompletedTask;
}
