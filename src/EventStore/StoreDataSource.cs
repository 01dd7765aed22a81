using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Roles;
using Npgsql;

namespace CaseFlow.EventStore;

/// <summary>
/// Connections as the store needs them. Whatever login a connection string names, the sessions of a pool work in the role of the
/// store that the work needs (<see cref="StoreRoles"/>), so that a login with too many rights does not have them in use.
/// </summary>
public static class StoreDataSource
{
    /// <summary>How long an append waits for a lock before its caller is told.</summary>
    internal const string LockTimeout = "5s";

    /// <summary>Says to the trigger of <c>mt_events</c> that a session appends by this store's statements, all of which take the fence first.</summary>
    internal const string Fenced = "caseflow.appends=fenced";

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
            TcpKeepAlive = true,
            TcpKeepAliveTime = 10,
            TcpKeepAliveInterval = 2,
        };
        // Read committed whatever the server's default: a lock's holder has to see what was committed before the lock was granted.
        // No compilation and no parallel workers: the plans' estimates are high and their rows few. Warnings are sent: one tells of a commit in doubt.
        settings.Options = With(
            settings.Options, "plan_cache_mode=force_generic_plan", "enable_seqscan=off", $"lock_timeout={LockTimeout}",
            "idle_in_transaction_session_timeout=10s", "default_transaction_isolation=read\\ committed", "jit=off",
            "max_parallel_workers_per_gather=0", "client_min_messages=warning", $"role={StoreRoles.Program}");
        return Open(settings);
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
            "default_transaction_isolation=read\\ committed", $"role={StoreRoles.Program}");
        return Open(settings);
    }

    /// <summary>
    /// A pool for what views, timers and messages do in the background. Nobody holds a row or the log's horizon for long: a
    /// transaction that stands idle for ten seconds, because its program is stopped, cut off or waits for the world outside, is
    /// ended by the server, and another node goes on. A client that is gone is noticed even in the middle of a statement, where
    /// the server's system can tell. The same few statements come for each step of each view: they are parsed once for each session, and
    /// planned at every use, because tables that were empty at the first are full at the last.
    /// </summary>
    public static NpgsqlDataSource ForBackground(string connectionString)
    {
        // No reset between uses: it would take back what is set when the session is opened.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 3, Enlist = false, NoResetOnClose = true };
        settings.Options = With(
            settings.Options, "plan_cache_mode=force_custom_plan", "jit=off", "lock_timeout=10s", "idle_in_transaction_session_timeout=10s", "default_transaction_isolation=read\\ committed",
            $"role={StoreRoles.Program}");
        return Open(settings, new StoreSql(new EventStoreOptions())["Background.Statements.notice_gone_clients"]);
    }

    /// <summary>
    /// A pool for questions: each transaction sees the tenant that it has set (<see cref="TenantQuestion"/>), and nothing while it has
    /// set none. Read committed whatever the server's default. Statements are parsed once for each session and planned at every use, for the
    /// values asked about, but for look-ups by key (<see cref="Views.ViewReader.AskAsync"/>); they touch few rows, so nothing is compiled for them.
    /// </summary>
    /// <remarks>No reset between uses: it would give the session its login's own rights back. A tenant is set for a transaction only.</remarks>
    public static NpgsqlDataSource ForQuestions(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 3, NoResetOnClose = true, Enlist = false };
        settings.Options = With(
            settings.Options, "plan_cache_mode=force_custom_plan", "jit=off", "default_transaction_isolation=read\\ committed", $"role={StoreRoles.Reader}");
        return Open(settings);
    }

    /// <summary>Sessions of the login itself, to change the schema with; ended when closed.</summary>
    public static NpgsqlDataSource ForMigrations(string connectionString) =>
        Open(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Enlist = false });

    /// <summary>
    /// A plain pool, for one host or several. Of several it takes the primary, whatever the connection string says of target
    /// sessions: only there may the store write, and only there is what it has answered certain to be seen.
    /// </summary>
    /// <remarks>The server notices within four seconds that the machine at the other end is gone: it may hold what others wait for.</remarks>
    /// <param name="settings">The database.</param>
    /// <param name="first">A statement that every session runs when it is opened.</param>
    public static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder settings, string? first = null)
    {
        settings.Options = With(
            settings.Options, "tcp_keepalives_idle=1", "tcp_keepalives_interval=1", "tcp_keepalives_count=2", "tcp_user_timeout=3000", Fenced);
        var several = settings.Host?.Contains(',', StringComparison.Ordinal) == true;
        if (several)
            settings.TargetSessionAttributes = null;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (first is not null)
            builder.UsePhysicalConnectionInitializer(connection => Run(connection, first), connection => RunAsync(connection, first));
        return several ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary) : builder.Build();
    }

    private static void Run(NpgsqlConnection connection, string statement)
    {
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string With(string? options, params IEnumerable<string> more) =>
        string.Join(' ', more.Select(option => $"-c {option}").Prepend(options).Where(option => !string.IsNullOrEmpty(option)));
}
