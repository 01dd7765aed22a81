using Npgsql;

namespace CaseFlow.EventStore;

/// <summary>Connections as the store needs them.</summary>
public static class StoreDataSource
{
    /// <summary>
    /// A pool with prepared statements, generic plans (array parameters would be planned again at every call), no reset
    /// between uses, and limits that keep a stuck append from holding the log back.
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
        };
        // Read committed whatever the server's default: a lock's holder has to see what was committed before the lock was granted.
        // No compilation: the plans' estimates are high and their rows few.
        settings.Options = With(
            settings.Options, "plan_cache_mode=force_generic_plan", "lock_timeout=5s", "idle_in_transaction_session_timeout=10s",
            "default_transaction_isolation=read\\ committed", "jit=off");
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>
    /// Sessions for the lease of the background work, ended when closed. Whoever is silent for four seconds, stopped, gone or
    /// cut off, is ended by the server, with a session lock or without; the holder gives a sign of life much oftener.
    /// </summary>
    public static NpgsqlDataSource ForLease(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Enlist = false,
            Timeout = 3,
            CommandTimeout = 3,
            CancellationTimeout = 500,
        };
        settings.Options = With(
            settings.Options, "lock_timeout=8s", "idle_session_timeout=4s", "idle_in_transaction_session_timeout=4s",
            "default_transaction_isolation=read\\ committed",
            "tcp_keepalives_idle=1", "tcp_keepalives_interval=1", "tcp_keepalives_count=2", "tcp_user_timeout=3000");
        return NpgsqlDataSource.Create(settings);
    }

    private static string With(string? options, params IEnumerable<string> more) =>
        string.Join(' ', more.Select(option => $"-c {option}").Prepend(options).Where(option => !string.IsNullOrEmpty(option)));
}
