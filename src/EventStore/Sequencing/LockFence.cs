using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sequencing;

/// <summary>
/// Tells a sequence number that is still to come from one that never will, without waiting. Every append holds a shared
/// advisory lock from before it draws a number until its commit is visible. Once a number is visible, all lower ones have
/// been drawn. So of a number that is missing below it, whoever drew it either holds the lock when the holders are listed
/// afterwards, or had ended before that. When all who were listed have ended too, it has ended for certain, and a snapshot
/// taken from then on shows what it committed: what such a snapshot lacks was rolled back, or lost in a crash, and never comes.
/// </summary>
/// <remarks>
/// The order matters: the snapshot that saw the gap, the list, the end of all in the list, the snapshot that judges. A commit
/// between the first snapshot and the list is in no list and is visible to the last one. The answer holds for one session:
/// after a crash or a failover the database may have forgotten numbers that it showed, and hand them out again.
/// </remarks>
internal sealed class LockFence(NpgsqlConnection connection, EventStoreOptions options, StoreSql sql)
{
    private HashSet<string>? waitingFor;
    private long seenThen;

    /// <summary>Looks once at who is still under way.</summary>
    /// <param name="seen">The highest number that a snapshot of this session has shown.</param>
    /// <returns>A number: what a snapshot taken from now on lacks below it never comes. 0: not known yet.</returns>
    public async Task<long> SettledBelowAsync(long seen, CancellationToken cancellation)
    {
        var (holders, prepared) = await HoldersAsync(cancellation);
        if (waitingFor is null)
            (waitingFor, seenThen) = (holders, seen);
        else
            waitingFor.IntersectWith(holders);

        // One of those waited for may have been prepared since, and goes by another name now.
        waitingFor.UnionWith(prepared);
        if (waitingFor.Count > 0)
            return 0;
        waitingFor = null;
        return seenThen;
    }

    private async Task<(HashSet<string> All, List<string> Prepared)> HoldersAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql["Sequencing.Statements.fence_holders"], connection);
        command.Parameters.AddWithValue("class", (long)AdvisoryLocks.FenceClass);
        command.Parameters.AddWithValue("key", (long)options.LockKey);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (all, prepared) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        while (await reader.ReadAsync(cancellation))
        {
            all.Add(reader.GetString(0));
            if (reader.GetBoolean(1))
                prepared.Add(reader.GetString(0));
        }

        return (all, prepared);
    }
}
