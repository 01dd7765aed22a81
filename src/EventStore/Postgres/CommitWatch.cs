using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// Notices a commit that reports success and may yet be lost: when the wait for a synchronous replica is cancelled, the server
/// answers with a warning, not with an error. No other warning comes from the store's statements, so each is taken for it.
/// </summary>
internal sealed class CommitWatch
{
    private bool doubtful;

    public static CommitWatch Over(NpgsqlConnection connection)
    {
        var watch = new CommitWatch();
        connection.Notice += (_, message) => watch.doubtful |= message.Notice.InvariantSeverity == "WARNING";
        return watch;
    }

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
