namespace CaseFlow.EventStore.Views;

/// <summary>Past events through the store's own reading of the log, neighbours in one read.</summary>
public sealed class PastEvents(IEventStore store) : IPastEvents
{
    /// <returns>The store's own way by position when it has one, otherwise this one.</returns>
    public static IPastEvents Of(IEventStore store) => store as IPastEvents ?? new PastEvents(store);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordedEvent>> AtAsync(IReadOnlyCollection<long> positions, CancellationToken cancellation)
    {
        var events = new List<RecordedEvent>(positions.Count);
        var wanted = positions.Distinct().Order().ToList();
        for (var first = 0; first < wanted.Count;)
        {
            var last = first;
            while (last + 1 < wanted.Count && wanted[last + 1] == wanted[last] + 1)
                last++;
            await foreach (var recorded in store.ReadLogAsync(wanted[first] - 1, null, wanted[last], cancellation))
                events.Add(recorded);
            first = last + 1;
        }

        return events.Count == wanted.Count
            ? events
            : throw new InvalidOperationException($"Of {wanted.Count} events asked for by position, the log has {events.Count}.");
    }
}
