using System.Diagnostics;
using System.Globalization;
using CaseFlow.Api.Embedded;
using Npgsql;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// A PostgreSQL server on disk, durable as in production, with its tools and its processor time. Checkpoints are kept out of
/// the slices (<c>max_wal_size</c>, <c>checkpoint_timeout</c>); every other setting is PostgreSQL's own.
/// </summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly EmbeddedPostgres server;
    private readonly string? preloaded;
    private int postmaster;
    private string binaries = "";

    private BenchServer(EmbeddedPostgres server, string? preloaded) => (this.server, this.preloaded) = (server, preloaded);

    public int Port => server.Port;

    /// <summary>An ordinary server.</summary>
    public static Task<BenchServer> StartAsync() => StartAsync(null);

    /// <summary>A server whose every fsync takes one millisecond longer.</summary>
    /// <exception cref="MissingToolException">There is no C compiler.</exception>
    public static async Task<BenchServer> StartSlowAsync()
    {
        var directory = World.NewDirectory();
        Directory.CreateDirectory(directory);
        try
        {
            var library = Path.Combine(directory, "slow_fsync.so");
            await Tool.RunAsync(
                "cc", ["-shared", "-fPIC", "-O2", "-o", library, Path.Combine(AppContext.BaseDirectory, "Engine", "slow_fsync.c"), "-ldl"],
                missing: "The slow disk is a small C library: install a C compiler (apt-get install gcc libc6-dev).");
            Environment.SetEnvironmentVariable("LD_PRELOAD", library);
            return await StartAsync(directory);
        }
        catch
        {
            Directory.Delete(directory, recursive: true);
            throw;
        }
        finally
        {
            Environment.SetEnvironmentVariable("LD_PRELOAD", null);
        }
    }

    public async Task<string> VersionAsync() => $"PostgreSQL {await AskAsync(server.ConnectionString, "show server_version")}";

    /// <summary>Processor time of all its processes so far, microseconds.</summary>
    public double CpuMicros() => Cpu.OfFamily(postmaster);

    /// <summary>A tool of this very server, for example pgbench.</summary>
    public string Binary(string name) => Path.Combine(binaries, name) is var beside && File.Exists(beside) ? beside : name;

    public Task<string> CreateDatabaseAsync(string? template = null) => server.CreateDatabaseAsync($"engine_{Guid.NewGuid():N}", template);

    public Task DropDatabaseAsync(string connectionString)
    {
        using (var pool = new NpgsqlConnection(connectionString))
            NpgsqlConnection.ClearPool(pool);
        return server.DropDatabaseAsync(new NpgsqlConnectionStringBuilder(connectionString).Database!);
    }

    /// <summary>What makes libpq's programs find a database.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(string connectionString)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        return new Dictionary<string, string>
        {
            ["PGHOST"] = to.Host!,
            ["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = to.Username!,
            ["PGPASSWORD"] = to.Password!,
            ["PGDATABASE"] = to.Database!,
            ["PGSSLMODE"] = "disable",
            ["PGGSSENCMODE"] = "disable",
        };
    }

    public static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Durations of a durable commit of one small row: what the disk itself costs.</summary>
    public async Task<Latencies> CommitsAsync()
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand("create table if not exists commits (n int)", connection))
            await create.ExecuteNonQueryAsync();
        var latencies = new Latencies();
        for (var n = 0; n < 200; n++)
        {
            await using var insert = new NpgsqlCommand("insert into commits values (1)", connection);
            var started = Stopwatch.GetTimestamp();
            await insert.ExecuteNonQueryAsync();
            latencies.Add(started);
        }

        return latencies;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await server.DisposeAsync();
        if (preloaded is not null)
            Directory.Delete(preloaded, recursive: true);
    }

    private static async Task<BenchServer> StartAsync(string? preloaded)
    {
        RefuseMemoryDisk();
        var started = new BenchServer(await World.StartServerAsync(), preloaded);
        var connection = started.server.ConnectionString;
        started.postmaster = Cpu.ParentOf((int)(await AskAsync(connection, "select pg_backend_pid()"))!);
        started.binaries = Path.GetDirectoryName(new FileInfo($"/proc/{started.postmaster}/exe").ResolveLinkTarget(returnFinalTarget: true)!.FullName)!;
        foreach (var setting in new[] { "max_wal_size = '16GB'", "checkpoint_timeout = '1h'" })
            await AskAsync(connection, $"alter system set {setting}");
        await AskAsync(connection, "select pg_reload_conf()");
        foreach (var setting in new[] { "fsync", "synchronous_commit" })
        {
            if (await AskAsync(connection, $"show {setting}") is not "on")
                throw new InvalidOperationException($"{setting} is not on: nothing measured here would mean anything.");
        }

        if (preloaded is not null && !(await File.ReadAllTextAsync($"/proc/{started.postmaster}/maps")).Contains(preloaded, StringComparison.Ordinal))
            throw new InvalidOperationException("The server did not load the slow disk.");
        if (await AskAsync(connection, "show wal_sync_method") is not ("fdatasync" or "fsync"))
            throw new InvalidOperationException("wal_sync_method is neither fdatasync nor fsync, which the slow disk slows.");
        return started;
    }

    /// <summary>A disk in memory makes fsync free, and every ratio wrong.</summary>
    private static void RefuseMemoryDisk()
    {
        var temporary = Path.GetFullPath(Path.GetTempPath());
        var drive = DriveInfo.GetDrives().Where(one => temporary.StartsWith(one.Name, StringComparison.Ordinal)).MaxBy(one => one.Name.Length);
        if (drive?.DriveFormat is "tmpfs" or "ramfs")
            throw new MissingToolException($"{temporary} is in memory: set TMPDIR to a directory on a disk.");
    }
}
