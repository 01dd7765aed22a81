using System.Diagnostics;
using CaseFlow.EventStore.Roles;
using Npgsql;

namespace CaseFlow.Api.Embedded;

/// <summary>
/// A private PostgreSQL for development and tests. Programs on the same data directory share one server: the first
/// starts it, later ones join, and it stops when the last of them has ended, however it ended.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>The login of the running program: a member of the store's roles, with no right of its own.</summary>
    public const string ProgramLogin = "caseflow_service";

    private const string DefaultDatabase = "caseflow";

    private readonly DataRoot _root;
    private readonly FileStream _running;
    private readonly Process _watchdog;
    private readonly string _password;
    private bool _disposed;

    private EmbeddedPostgres(DataRoot root, FileStream running, Process watchdog, string password, int port) =>
        (_root, _running, _watchdog, _password, Port) = (root, running, watchdog, password, port);

    /// <summary>The port on 127.0.0.1, chosen free and kept from start to start while it stays free.</summary>
    public int Port { get; }

    /// <summary>Leads to the database <c>caseflow</c>, which exists, with the login that owns everything: for migrations.</summary>
    public string ConnectionString => ConnectionStringTo(DefaultDatabase);

    /// <summary>The same with <see cref="ProgramLogin"/>.</summary>
    public string ProgramConnectionString => new NpgsqlConnectionStringBuilder(ConnectionString) { Username = ProgramLogin }.ConnectionString;

    public string ConnectionStringTo(string database) => Cluster.ConnectionString(Port, _password, database);

    /// <summary>Joins the running server or starts it.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot run; the message says what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresSettings settings, ILogger logger, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new EmbeddedPostgresException(
                "The embedded database runs on Linux and macOS: on Windows use WSL or set ConnectionStrings:CaseFlow.");
        }
        var begun = Stopwatch.StartNew();
        var user = ServerUser.Choose(settings, logger);
        var root = await DataRoot.OpenAsync(settings, user, ct);
        // From here on no watchdog stops the server.
        var running = await FileLock.SharedAsync(root.RunningLock, ct);
        try
        {
            using var starting = await FileLock.ExclusiveAsync(root.StartingLock, ct);
            var binaries = await ServerBinaries.FindAsync(settings, root.ClusterMajor, logger, ct);
            var password = await root.PasswordAsync(user, ct);
            var watchdog = Watchdog.Start(root, binaries, user, settings);
            var port = await new Cluster(root, binaries, user, settings, logger).ProvideAsync(password, ct);
            var server = new EmbeddedPostgres(root, running, watchdog, password, port);
            if (!await server.DatabaseExistsAsync(DefaultDatabase, ct))
                await server.CreateDatabaseAsync(DefaultDatabase, template: null, ct);
            await server.CreateLoginAsync(ct);
            logger.LogInformation(
                "Embedded PostgreSQL {Major} on port {Port} in {Directory}, ready after {Milliseconds} ms",
                binaries.Major, port, root.FullPath, begun.ElapsedMilliseconds);
            return server;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a database, as a copy of <paramref name="template"/> when one is named.</summary>
    /// <returns>The connection string to it.</returns>
    public async Task<string> CreateDatabaseAsync(string name, string? template = null, CancellationToken ct = default)
    {
        var copy = template is null ? "" : $" TEMPLATE {Quote(template)}";
        await ExecuteAsync($"CREATE DATABASE {Quote(name)}{copy}", ct);
        return ConnectionStringTo(name);
    }

    /// <summary>
    /// Closes a finished database to connections, so that <see cref="CreateDatabaseAsync"/> can copy it at any time.
    /// </summary>
    public async Task SealTemplateAsync(string name, CancellationToken ct = default)
    {
        await ExecuteAsync($"ALTER DATABASE {Quote(name)} ALLOW_CONNECTIONS false", ct);
        await ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", ct, name);
    }

    /// <summary>Drops a database with whoever is connected to it; one that does not exist is no error.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken ct = default) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {Quote(name)} WITH (FORCE)", ct);

    /// <summary>Lets go of the server. When no other program uses it, it is stopped when this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _running.DisposeAsync();
        using (_watchdog)
        {
            // Our watchdog gets the lock and ends, unless another program still shares it.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!_watchdog.HasExited && !patience.IsCancellationRequested)
            {
                if (FileLock.IsShared(_root.RunningLock)) return;
                await Task.Delay(10, CancellationToken.None);
            }
        }
    }

    /// <summary>The login of the running program has the owner's password: what it is to be kept from is mistakes, not its user.</summary>
    private async Task CreateLoginAsync(CancellationToken ct)
    {
        await ExecuteAsync(StoreRoles.CreateSql, ct);
        await ExecuteAsync(
            $"""
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ProgramLogin}') THEN
                CREATE ROLE {ProgramLogin} LOGIN IN ROLE {StoreRoles.Program}, {StoreRoles.Reader};
              END IF;
            END $$
            """,
            ct);
        await ExecuteAsync($"ALTER ROLE {ProgramLogin} PASSWORD '{_password.Replace("'", "''", StringComparison.Ordinal)}'", ct);
    }

    private async Task<bool> DatabaseExistsAsync(string name, CancellationToken ct)
    {
        await using var connection = await AdministerAsync(ct);
        await using var command = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var connection = await AdministerAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<NpgsqlConnection> AdministerAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(Cluster.ConnectionString(Port, _password, "postgres", pooled: false));
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new EmbeddedPostgresException(
                $"The database in {_root.FullPath} was made with another password than its file says: restore "
                + $"{_root.PasswordFile}, or set Embedded:DataDirectory to an empty directory to begin anew.", refused);
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
