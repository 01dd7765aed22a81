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
/// <param name="IsShared">Somebody else may append without the fence: no gap is given up.</param>
internal readonly record struct Placing(long Placed, long Seen, long Gaps, bool IsFull, bool IsShared);

/// <summary>
/// Positions for what is visible, in one batch, which is one transaction and one round trip: hold the lease, take the stamp
/// lock, place. The locks are statements of their own, so that the placing's snapshot is younger than the lock.
/// </summary>
/// <remarks>
/// Once sent it is not cut short: cancelling the wait for a synchronous replica would show positions that a failover takes
/// back and gives to other events. Its lock waits are bounded by the pool, a vanished server by TCP.
/// </remarks>
internal sealed class PlaceStatement(EventStoreOptions options, StoreSql sql)
{
    private const int PageSize = 2000;
    private int pageSize = PageSize;
    private CommitWatch? watch;
    private bool hasDeclared;

    /// <param name="connection">Outside any transaction, read committed; always the same.</param>
    /// <param name="lease">Refuses the placing when another node has taken over.</param>
    /// <param name="settledBelow">Gaps below are given up, by <see cref="LockFence.SettledBelowAsync"/>.</param>
    /// <param name="young">Only gaps first seen within this time, by the database's clock, are looked into; null for all.</param>
    /// <param name="cancellation">Looked at before it is sent.</param>
    /// <exception cref="LeaseLostException">Nothing was placed.</exception>
    public async Task<Placing> RunAsync(
        NpgsqlConnection connection, IWorkLease lease, long settledBelow, TimeSpan? young, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        watch ??= CommitWatch.Over(connection);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        lease.HoldIn(batch);
        var before = batch.BatchCommands.Count;
        var locked = new NpgsqlBatchCommand(sql["Postgres.Statements.take_lock"]);
        locked.Parameters.AddWithValue("class", AdvisoryLocks.StampClass);
        locked.Parameters.AddWithValue("key", options.LockKey);
        batch.BatchCommands.Add(locked);
        // Who does the background work says whether the store is shared. Others may only say that it is: they know less.
        if (!hasDeclared && (options.SharedWithMarten || lease is not NoLease))
            batch.BatchCommands.Add(Declare());
        batch.BatchCommands.Add(Place(settledBelow, young));
        Placing placing;
        try
        {
            placing = await PlaceAsync(batch, before);
        }
        catch (PostgresException refused) when (LeaseLostException.Is(refused))
        {
            throw new LeaseLostException();
        }

        hasDeclared = true;
        if (watch.TakeDoubt())
            await WaitOutAsync(connection, watch);
        return placing;
    }

    private async Task<Placing> PlaceAsync(NpgsqlBatch batch, int before)
    {
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        for (var skipped = 0; skipped <= before; skipped++)
            await reader.NextResultAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        var placing = new Placing(reader.GetInt64(0), reader.GetInt64(2), reader.GetInt64(3), reader.GetBoolean(4), reader.GetBoolean(5));
        // A page full of events that must wait for others beyond it: look further, or it would be the same page for ever.
        pageSize = placing.IsFull && reader.GetInt64(1) == 0 ? pageSize * 2 : PageSize;
        await reader.NextResultAsync(CancellationToken.None);
        return placing;
    }

    /// <summary>Somebody ended the wait for the replicas: nothing more is placed until they have what was placed so far.</summary>
    private async Task WaitOutAsync(NpgsqlConnection connection, CommitWatch watch)
    {
        await using var command = sql.Text("Postgres.Statements.confirm_replication").Bind().ToCommand(connection);
        command.CommandTimeout = 0;
        do
            await command.ExecuteScalarAsync(CancellationToken.None);
        while (watch.TakeDoubt());
    }

    /// <summary>Under the stamp lock: no gap is given up between the declaration and the next look at it.</summary>
    private NpgsqlBatchCommand Declare()
    {
        var declare = new NpgsqlBatchCommand(sql["Sequencing.Statements.declare_shared"]);
        declare.Parameters.AddWithValue("shared", options.SharedWithMarten);
        return declare;
    }

    private NpgsqlBatchCommand Place(long settledBelow, TimeSpan? young)
    {
        // The page's size is in the text: a plan for an unknown limit reckons with a tenth of the history.
        var place = new NpgsqlBatchCommand(
            sql["Sequencing.Statements.place"].Replace("{page}", pageSize.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        place.Parameters.Add(new NpgsqlParameter("young", NpgsqlDbType.Interval) { Value = (object?)young ?? DBNull.Value });
        place.Parameters.AddWithValue("settled_below", settledBelow);
        return place;
    }
}
