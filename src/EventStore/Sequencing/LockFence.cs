using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sequencing;

/// <summary>
/// Tells a sequence number that is still to come from one that never will. Every append holds a shared advisory lock from
/// before it draws a number until its commit is visible; a number below a visible one was drawn earlier, so once all who
/// hold the lock now have ended, what is still missing was rolled back. Other transactions do not matter.
/// </summary>
internal sealed class LockFence(EventStoreOptions options, StoreSql sql)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(3);

    /// <summary>Waits until every append that is under way now has ended.</summary>
    public async Task PassAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var waitingFor = await HoldersAsync(connection, cancellation);
        while (waitingFor.Count > 0)
        {
            await Task.Delay(Look, cancellation);
            waitingFor.IntersectWith(await HoldersAsync(connection, cancellation));
        }
    }

    private async Task<HashSet<string>> HoldersAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql["Sequencing.Statements.fence_holders"], connection);
        command.Parameters.AddWithValue("class", (long)AdvisoryLocks.FenceClass);
        command.Parameters.AddWithValue("key", (long)options.LockKey);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var holders = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            holders.Add(reader.GetString(0));
        return holders;
    }
}
