using System.Diagnostics;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

public sealed partial class PostgresEventStore : IBulkAppend
{
    private const int SmallestChunk = 100;
    private const int LargestChunk = 5000;

    /// <summary>Bytes of JSON in one transaction, unless a single event has more.</summary>
    private const int MostBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan LongChunk = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShortChunk = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    /// <remarks>
    /// The next transaction's events are turned into JSON while the last one is being written. A broken uniqueness of an inline
    /// view ends the load with the database's error; what was committed before stays.
    /// </remarks>
    public async Task<BulkResult> AppendManyAsync(
        string tenantId, IAsyncEnumerable<BulkEvents> history, AppendMetadata metadata, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenantId);
        var load = new BulkLoad(source, options, sql, encoder, tenantId, metadata);
        var (total, size, chunk) = (default(BulkResult), LargestChunk / 2, new BulkChunk());
        var writing = Task.FromResult(default(BulkResult));
        try
        {
            await foreach (var events in history.WithCancellation(cancellation))
            {
                foreach (var fresh in events.Events)
                {
                    chunk.Add(events, fresh);
                    if (chunk.Events.Count >= size)
                        await NextAsync();
                }
            }

            if (chunk.Events.Count > 0)
                await NextAsync();
            Count(await writing);
            return total;
        }
        finally
        {
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task NextAsync()
        {
            var before = writing;
            writing = RecordAsync(load, tenantId, chunk, before, cancellation);
            chunk = new BulkChunk();
            Count(await before);
            size = load.LongestTransaction switch
            {
                var took when took > LongChunk => Math.Max(SmallestChunk, size / 2),
                var took when took > TimeSpan.Zero && took < ShortChunk => Math.Min(LargestChunk, size * 2),
                _ => size,
            };
        }

        void Count(BulkResult one) => total += one;
    }

    private async Task<BulkResult> RecordAsync(
        BulkLoad load, string tenantId, BulkChunk chunk, Task before, CancellationToken cancellation)
    {
        // A data key may be one that the transaction before is about to store.
        if (chunk.Subjects.Count > 0)
            await before;
        var started = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var keys = sealer is null || chunk.Subjects.Count == 0
                    ? null
                    : await sealer.PrepareAsync(tenantId, chunk.Subjects, cancellation);
                var encoded = encoder.Encode(tenantId, chunk, keys);
                await before;
                var recorded = await load.RecordAsync(chunk, encoded, MostBytes, keys, cancellation);
                if (keys is not null)
                    sealer!.Committed(keys);
                Appended.Pulse();
                return recorded;
            }
            catch (PostgresException error) when (Refusal.Of(error, options) is Refusal.EventId)
            {
                throw new InvalidOperationException("An event id of this load names an event stored elsewhere.", error);
            }
            catch (Exception error) when (
                !before.IsFaulted && attempt < Transient.Attempts
                && (Transient.MayRepeat(error, attempt, started) || RefusalOf(error) is Refusal.DataKey or Refusal.KeyEpoch))
            {
                if (RefusalOf(error) is Refusal.KeyEpoch)
                    sealer!.LookAgain();
                await Transient.PauseAsync(attempt, cancellation);
            }
        }
    }

    private Refusal? RefusalOf(Exception error) => error is PostgresException refused ? Refusal.Of(refused, options) : null;
}
