using CaseFlow.EventStore;

namespace CaseFlow.Unit.Http.Toy;

/// <summary>The store in memory, which counts reads and lets a test step in just before an append.</summary>
public sealed class WatchedStore(IEventStore inner) : IEventStore
{
    private int reads;

    public int Reads => reads;

    public List<Append> Appended { get; } = [];

    public Func<Append, Task>? BeforeAppend { get; set; }

    public Func<Append, AppendResult?>? InsteadOfAppend { get; set; }

    public IEventStore Inner => inner;

    public bool Away { get; set; }

    public async Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation)
    {
        if (BeforeAppend is { } step)
            await step(append);
        if (InsteadOfAppend?.Invoke(append) is { } result)
            return result;
        lock (Appended)
            Appended.Add(append);
        return await inner.AppendAsync(append, cancellation);
    }

    public Task<StreamEvents> ReadStreamAsync(
        string tenantId, Guid streamId, long fromVersion = 1, long? upToPosition = null, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref reads);
        return inner.ReadStreamAsync(tenantId, streamId, fromVersion, upToPosition, cancellation);
    }

    public Task<IReadOnlyDictionary<Guid, StreamEvents>> ReadStreamsAsync(
        string tenantId, IReadOnlyCollection<Guid> streamIds, CancellationToken cancellation)
    {
        Interlocked.Increment(ref reads);
        return inner.ReadStreamsAsync(tenantId, streamIds, cancellation);
    }

    public IAsyncEnumerable<RecordedEvent> ReadLogAsync(
        long afterPosition, string? tenantId = null, long? upToPosition = null, CancellationToken cancellation = default) =>
        inner.ReadLogAsync(afterPosition, tenantId, upToPosition, cancellation);

    public Task<LogEnd> EndOfLogAsync(CancellationToken cancellation) =>
        Away ? throw new LampDoors.AwayException() : inner.EndOfLogAsync(cancellation);

    public Task<long> PositionAtAsync(DateTimeOffset instant, CancellationToken cancellation) => inner.PositionAtAsync(instant, cancellation);

    public Task<StoredAnswer?> FindAnswerAsync(string tenantId, string actor, string key, CancellationToken cancellation) =>
        inner.FindAnswerAsync(tenantId, actor, key, cancellation);
}
