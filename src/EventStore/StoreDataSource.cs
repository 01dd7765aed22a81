using Npgsql;

namespace CaseFlow.EventStore;

/// <summary>Connections as the store needs them.</summary>
public static class StoreDataSource
{
    /// <summary>How long an append waits for a lock before its caller is told.</summary>
    internal const string LockTimeout = "5s";

    /// <summary>
    /// A pool with prepared statements, no reset between uses, and limits that keep a stuck append from holding the log back.
    /// Plans are generic, because array parameters would be planned again at every call, and go by index: a plan that was made
    /// while the tables were empty must be as good when they are full. Several hosts may be named
    /// (<c>Host=a,b;Target Session Attributes=primary</c>): the pool then follows the primary.
    /// </summary>
    /// <remarks>Views query through a pool of their own: a generic plan suits appends, not optional filters.</remarks>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Enlist = false,
            ReadBufferSize = 32 * 1024,
        };
        settings.Options = string.Join(' ', new[]
        {
            settings.Options,
            "-c plan_cache_mode=force_generic_plan",
            "-c enable_seqscan=off",
            "-c jit=off",
            $"-c lock_timeout={LockTimeout}",
            "-c idle_in_transaction_session_timeout=10s",
        }.Where(option => !string.IsNullOrEmpty(option)));
        return Open(settings);
    }

    /// <summary>
    /// A plain pool, for one host or several. The store always speaks to the primary, whatever the connection string says of
    /// target sessions: positions are in order only there.
    /// </summary>
    public static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder settings)
    {
        if (settings.Host?.Contains(',', StringComparison.Ordinal) != true)
            return NpgsqlDataSource.Create(settings);
        settings.TargetSessionAttributes = null;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }
}
