using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// Notices a commit that reports success and may yet be lost: when the wait for a synchronous replica is cancelled, the server
/// answers with a warning, not with an error. One other warning is known to come with any commit: that transaction numbers run
/// out; every further one is taken for the first.
/// </summary>
internal sealed class CommitWatch
{
    private bool doubtful;

    public static CommitWatch Over(NpgsqlConnection connection)
    {
        var watch = new CommitWatch();
        connection.Notice += (_, message) => watch.doubtful |= Doubts(message.Notice);
        return watch;
    }

    /// <summary>
    /// The server warns with each number that it gives when the last 40 million are begun, long before it stops. Taken for doubt,
    /// nothing could be acknowledged any more, and whoever waited for the doubt to end would use the numbers up.
    /// </summary>
    internal static bool Doubts(PostgresNotice notice) =>
        notice is { InvariantSeverity: "WARNING", Routine: not ("GetNewTransactionId" or "GetNewMultiXactId") };

    /// <returns>Whether a commit was in doubt since the last time this was asked.</returns>
    public bool TakeDoubt()
    {
        var was = doubtful;
        doubtful = false;
        return was;
    }

    /// <exception cref="NpgsqlException">Transient: whether the commit survives the loss of this server is unknown.</exception>
    public void ThrowIfDoubtful()
    {
        if (doubtful)
        {
            throw new NpgsqlException(
                "The outcome is unknown.", new IOException("The wait for a synchronous replica was cancelled after the local commit."));
        }
    }
}
