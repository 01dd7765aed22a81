using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>The log in pages, read and decoded ahead of whoever folds them; never one long snapshot.</summary>
internal static class LogPages
{
    private const int Ahead = 2;

    /// <summary>The events after a position, up to another, in position order; those passed over are not even read.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<RecordedEvent>> ReadAsync(
        IEventStore store, long after, long upTo, IEnumerable<long> skips, int size, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pages = Channel.CreateBounded<IReadOnlyList<RecordedEvent>>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => FillAsync(pages.Writer, store, after, [.. skips.Where(skip => skip > after && skip <= upTo).Order(), upTo + 1], size, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellation))
                yield return page;
            await reading;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(reading);
        }
    }

    private static async Task FillAsync(
        ChannelWriter<IReadOnlyList<RecordedEvent>> pages, IEventStore store, long after, IReadOnlyList<long> stops, int size, CancellationToken cancellation)
    {
        try
        {
            var page = new List<RecordedEvent>(size);
            foreach (var stop in stops)
            {
                await foreach (var recorded in store.ReadLogAsync(after, null, stop - 1, cancellation))
                {
                    page.Add(recorded);
                    if (page.Count < size)
                        continue;
                    await pages.WriteAsync(page, cancellation);
                    page = new(size);
                }

                after = stop;
            }

            if (page.Count > 0)
                await pages.WriteAsync(page, cancellation);
            pages.Complete();
        }
        catch (Exception failure)
        {
            pages.Complete(failure);
        }
    }
}
