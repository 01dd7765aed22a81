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
        settings.Options = string.Join(' ', new[]
        {
            settings.Options,
            "-c plan_cache_mode=force_generic_plan",
            "-c lock_timeout=5s",
            "-c idle_in_transaction_session_timeout=10s",
        }.Where(option => !string.IsNullOrEmpty(option)));
        return NpgsqlDataSource.Create(settings);
    }
}
