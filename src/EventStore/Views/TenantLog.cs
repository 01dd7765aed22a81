using System.Collections.Concurrent;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// A tenant's log in pages. Views that stand at the same position get the same page, read and decoded once; it is kept as
/// long as this object, so each round of work has one of its own.
/// </summary>
internal sealed class TenantLog(NpgsqlDataSource source, IEventStore store, ViewSql sql, int pageSize)
{
    public int PageSize => pageSize;

    private readonly ConcurrentDictionary<(string TenantId, long After), Lazy<Task<List<RecordedEvent>>>> shared = new();

    /// <summary>The tenant's next whole page, shared.</summary>
    public Task<List<RecordedEvent>> PageAsync(string tenantId, long after, CancellationToken cancellation) => shared
        .GetOrAdd((tenantId, after), _ => new(() => ReadAsync(tenantId, after, long.MaxValue, pageSize, cancellation)))
        .Value;

    /// <summary>The tenant's next events, at most so many; no event after the last of them is looked at.</summary>
    public async Task<List<RecordedEvent>> ExactlyAsync(string tenantId, long after, long upTo, int size, CancellationToken cancellation)
    {
        await using var end = source.CreateCommand(sql["end_of_some"])
            .With("tenant", tenantId).With("after", after).With("up_to", upTo).With("size", size);
        return await end.ExecuteScalarAsync(cancellation) is long last ? await ReadAsync(tenantId, after, last, size, cancellation) : [];
    }

    private async Task<List<RecordedEvent>> ReadAsync(string tenantId, long after, long upTo, int size, CancellationToken cancellation) =>
        [.. await store.ReadLogPageAsync(after, size, tenantId, upTo, cancellation)];
}
