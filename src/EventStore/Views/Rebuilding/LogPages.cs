using System.Runtime.CompilerServices;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>The log in pages, read and decoded ahead of whoever folds them; never one long snapshot.</summary>
internal static class LogPages
{
    private const int Ahead = 2;

    /// <summary>The events after a position, up to another, in position order; those passed over are not even read.</summary>
    /// <remarks>Positions are dense and the log reaches the last one: which page holds what is known before it is read.</remarks>
    /// <exception cref="InvalidOperationException">A page lacks an event, so the log is not what it promises to be.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<RecordedEvent>> ReadAsync(
        IEventStore store, long after, long upTo, IEnumerable<long> skips, int size, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var coming = new Queue<Task<IReadOnlyList<RecordedEvent>>>();
        try
        {
            foreach (var (first, last) in Ranges(after, [.. skips.Where(skip => skip > after && skip <= upTo).Order(), upTo + 1], size))
            {
                coming.Enqueue(ReadAsync(store, first, last, stop.Token));
                if (coming.Count > Ahead)
                    yield return await coming.Dequeue();
            }

            while (coming.Count > 0)
                yield return await coming.Dequeue();
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(coming)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static IEnumerable<(long First, long Last)> Ranges(long after, IEnumerable<long> stops, int size)
    {
        foreach (var stop in stops)
        {
            for (var first = after + 1; first < stop; first += size)
                yield return (first, Math.Min(first + size, stop) - 1);
            after = stop;
        }
    }

    private static async Task<IReadOnlyList<RecordedEvent>> ReadAsync(IEventStore store, long first, long last, CancellationToken cancellation)
    {
        var page = await store.ReadLogPageAsync(first - 1, (int)(last - first + 1), null, last, cancellation);
        return page.Count == last - first + 1
            ? page
            : throw new InvalidOperationException($"Of the log's events {first} to {last} {page.Count} are there.");
    }
}
