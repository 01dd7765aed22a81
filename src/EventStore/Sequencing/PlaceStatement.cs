using System.Globalization;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Sequencing;

/// <summary>What one placing did.</summary>
/// <param name="Placed">Events that have a position now.</param>
/// <param name="Seen">The highest number seen so far.</param>
/// <param name="Gaps">Ranges of numbers still missing below it.</param>
/// <param name="IsFull">The page was full: there may be more.</param>
internal readonly record struct Placing(long Placed, long Seen, long Gaps, bool IsFull);

/// <summary>
/// Positions for what is visible, in one batch, which is one transaction and one round trip: hold the lease, take the stamp
/// lock, place. The locks are statements of their own, so that the placing's snapshot is younger than the lock.
/// </summary>
internal sealed class PlaceStatement(EventStoreOptions options, StoreSql sql)
{
    private const int PageSize = 2000;
    private int pageSize = PageSize;

    /// <param name="connection">Outside any transaction, read committed.</param>
    /// <param name="lease">Refuses the placing when another node has taken over.</param>
    /// <param name="settledBelow">Gaps below are given up, by <see cref="LockFence.SettledBelowAsync"/>.</param>
    /// <param name="young">Only gaps first seen within this time, by the database's clock, are looked into; null for all.</param>
    /// <param name="cancellation">Ends it; nothing is placed then, or all of it.</param>
    /// <exception cref="LeaseLostException">Nothing was placed.</exception>
    public async Task<Placing> RunAsync(
        NpgsqlConnection connection, IWorkLease lease, long settledBelow, TimeSpan? young, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        lease.HoldIn(batch);
        var before = batch.BatchCommands.Count;
        var locked = new NpgsqlBatchCommand(sql["Sequencing.Statements.take_stamp_lock"]);
        locked.Parameters.AddWithValue("class", AdvisoryLocks.StampClass);
        locked.Parameters.AddWithValue("key", options.LockKey);
        batch.BatchCommands.Add(locked);
        batch.BatchCommands.Add(Place(settledBelow, young));
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            for (var skipped = 0; skipped <= before; skipped++)
                await reader.NextResultAsync(cancellation);
            await reader.ReadAsync(cancellation);
            var placing = new Placing(reader.GetInt64(0), reader.GetInt64(2), reader.GetInt64(3), reader.GetBoolean(4));
            // A page full of events that must wait for others beyond it: look further, or it would be the same page for ever.
            pageSize = placing.IsFull && reader.GetInt64(1) == 0 ? pageSize * 2 : PageSize;
            await reader.NextResultAsync(cancellation);
            return placing;
        }
        catch (PostgresException refused) when (LeaseLostException.Is(refused))
        {
            throw new LeaseLostException();
        }
    }

    private NpgsqlBatchCommand Place(long settledBelow, TimeSpan? young)
    {
        // The page's size is in the text: a plan for an unknown limit reckons with a tenth of the history.
        var place = new NpgsqlBatchCommand(
            sql["Sequencing.Statements.place"].Replace("{page}", pageSize.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        place.Parameters.Add(new NpgsqlParameter("young", NpgsqlDbType.Interval) { Value = (object?)young ?? DBNull.Value });
        place.Parameters.AddWithValue("shared", options.SharedWithMarten);
        place.Parameters.AddWithValue("settled_below", settledBelow);
        return place;
    }
}
