using CaseFlow.EventStore.Views;

namespace CaseFlow.EventStore.Postgres;

public sealed partial class PostgresEventStore : IPastEvents
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordedEvent>> AtAsync(IReadOnlyCollection<long> positions, CancellationToken cancellation)
    {
        var wanted = positions.ToHashSet();
        var events = await Transient.RepeatAsync(
            async () =>
            {
                await using var command = Statement("read_at_positions").With("positions", wanted.ToArray()).ToCommand(source);
                return await ReadAsync(command, cancellation);
            },
            cancellation);
        return events.Count == wanted.Count
            ? events
            : throw new InvalidOperationException($"Of {wanted.Count} events asked for by position, the log has {events.Count}.");
    }
}
