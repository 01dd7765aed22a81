using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sequencing;

/// <summary>
/// Gives every committed event its dense log position and its stamp: in the order of sequence numbers, none skipped, none
/// twice, stamps never going back. Correct however many run at once; the lease only keeps them from working in vain.
/// </summary>
public sealed partial class Sequencer
{
    private const int PageSize = 2000;
    private readonly NpgsqlDataSource source;
    private readonly EventStoreOptions options;
    private readonly LogSignal appended;
    private readonly StoreSql sql;
    private readonly LockFence fence;

    /// <param name="source">A pool made by <see cref="StoreDataSource"/>.</param>
    /// <param name="options">The store's schemas.</param>
    /// <param name="appended">What appends of this process pulse (<see cref="PostgresEventStore.Appended"/>).</param>
    public Sequencer(NpgsqlDataSource source, EventStoreOptions options, LogSignal appended)
    {
        (this.source, this.options, this.appended) = (source, options, appended);
        sql = new StoreSql(options);
        fence = new LockFence(options, sql);
    }

    /// <summary>Pulses after positions were given by this process: the views have something to do.</summary>
    public LogSignal Moved { get; } = new();

    /// <summary>Places everything committed by now; for tests and the command line, lease or not.</summary>
    /// <returns>How many events were placed by this call.</returns>
    public async Task<long> PlaceNewAsync(CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await PlaceNewAsync(connection, cancellation);
    }

    private async Task<long> PlaceNewAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var total = 0L;
        var (position, sequence) = await LastPlacedAsync(connection, cancellation);
        while (true)
        {
            var visible = await NewSequencesAsync(connection, sequence, cancellation);
            if (visible.Count == 0)
                break;

            var upTo = EndOfUnbroken(visible, sequence);
            if (upTo == sequence)
            {
                await fence.PassAsync(connection, cancellation);
                upTo = visible[^1];
            }

            if (await PlaceAsync(connection, position, sequence, upTo, cancellation) is { } placed)
            {
                (position, sequence, total) = (position + placed, upTo, total + placed);
                if (placed > 0)
                    Moved.Pulse();
            }
            else
            {
                (position, sequence) = await LastPlacedAsync(connection, cancellation);
            }
        }

        return total;
    }

    /// <returns>The last number that follows on from <paramref name="after"/> without a gap.</returns>
    private static long EndOfUnbroken(List<long> visible, long after)
    {
        foreach (var sequence in visible)
        {
            if (sequence != after + 1)
                break;
            after = sequence;
        }

        return after;
    }

    private async Task<(long Position, long Sequence)> LastPlacedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql["Sequencing.Statements.last_placed"], connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetInt64(1)) : (0, 0);
    }

    private async Task<List<long>> NewSequencesAsync(NpgsqlConnection connection, long after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql["Sequencing.Statements.new_sequences"], connection);
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("page", PageSize);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var visible = new List<long>();
        while (await reader.ReadAsync(cancellation))
            visible.Add(reader.GetInt64(0));
        return visible;
    }

    /// <returns>How many were placed, or null when another sequencer had placed some meanwhile.</returns>
    private async Task<long?> PlaceAsync(
        NpgsqlConnection connection, long lastPosition, long after, long upTo, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        var locked = new NpgsqlBatchCommand(sql["Sequencing.Statements.take_stamp_lock"]);
        locked.Parameters.AddWithValue("class", AdvisoryLocks.StampClass);
        locked.Parameters.AddWithValue("key", options.LockKey);
        batch.BatchCommands.Add(locked);
        var place = new NpgsqlBatchCommand(sql["Sequencing.Statements.place"]);
        place.Parameters.AddWithValue("last_position", lastPosition);
        place.Parameters.AddWithValue("after", after);
        place.Parameters.AddWithValue("up_to", upTo);
        batch.BatchCommands.Add(place);

        long placed;
        bool ours;
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            await reader.NextResultAsync(cancellation);
            await reader.ReadAsync(cancellation);
            (placed, ours) = (reader.GetInt64(0), reader.GetInt64(1) == 1);
        }

        return ours ? placed : null;
    }
}
