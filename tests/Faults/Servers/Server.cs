using System.Diagnostics;
using Npgsql;

namespace CaseFlow.Faults.Servers;

/// <summary>
/// One PostgreSQL cluster that may be killed: durable as in production, in a directory that a scenario copies from a
/// template, so that every scenario begins alike.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<string> Binaries = new(FindBinaries);

    private readonly string log;
    private readonly IDisposable atExit;
    private Process? postmaster;

    private Server(string directory, int port, string log)
    {
        (Directory, Port, this.log) = (directory, port, log);
        atExit = Machine.AtExit(() => KillAsync().Wait(TimeSpan.FromSeconds(5)));
    }

    public string Directory { get; }

    public int Port { get; }

    /// <summary>What the server wrote to its log.</summary>
    public string Log => File.Exists(log) ? File.ReadAllText(log) : "";

    public bool IsRunning => postmaster is { HasExited: false };

    /// <param name="application">Names whoever connects, for the record of who did what.</param>
    public string ConnectionString(string application, string database = "caseflow") => To($"127.0.0.1", $"{Port}", application, database);

    public static string To(string host, string port, string application, string database = "caseflow") =>
        $"Host={host};Port={port};Username=caseflow;Database={database};Application Name={application};Timeout=5;Command Timeout=30";

    /// <summary>Makes an empty cluster.</summary>
    public static async Task<Server> InitialiseAsync(string directory, string? walDirectory = null)
    {
        var log = await MakeAsync(directory);
        string[] wal = walDirectory is null ? [] : ["--waldir", walDirectory];
        await RunAsync("initdb", ["--pgdata", directory, "--username", "caseflow", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--wal-segsize", "1", .. wal]);
        return new Server(directory, Machine.FreePort(), log);
    }

    /// <summary>A copy of a stopped cluster; its write-ahead log may lie in a place of its own, and so may what it says.</summary>
    public static async Task<Server> CopyAsync(string template, string directory, string? walDirectory = null, string? log = null)
    {
        log = await MakeAsync(directory, log);
        await Machine.RunAsync("cp", ["-a", template + "/.", directory]);
        if (walDirectory is not null)
        {
            await Machine.RunAsync("sh", ["-c", "mv \"$1\"/pg_wal/* \"$2\" && rmdir \"$1/pg_wal\" && ln -s \"$2\" \"$1/pg_wal\"", "sh", directory, walDirectory]);
            await OwnAsync(walDirectory);
        }

        return new Server(directory, Machine.FreePort(), log);
    }

    /// <summary>A standby that follows a running primary and confirms its commits.</summary>
    public static async Task<Server> FollowAsync(Server primary, string directory)
    {
        var log = await MakeAsync(directory);
        await RunAsync("pg_basebackup", [
            "--pgdata", directory, "--write-recovery-conf", "--wal-method", "stream", "--checkpoint", "fast",
            "--dbname", primary.ConnectionLine("standby")]);
        var standby = new Server(directory, Machine.FreePort(), log);
        await standby.StartAsync();
        return standby;
    }

    /// <summary>Starts the server and waits until it takes connections.</summary>
    public async Task StartAsync(params string[] settings)
    {
        await BeginAsync(settings);
        await Machine.UntilAsync($"the server on port {Port} answers; its log ends with {Tail()}", Patience, async () =>
        {
            // Processes of a killed server take a moment to notice and to end; until then a new one does not start.
            if (!IsRunning)
                await BeginAsync(settings);
            return await AnswersAsync();
        });
    }

    /// <summary>Starts the server without waiting for anything.</summary>
    public async Task BeginAsync(params string[] settings)
    {
        string[] options =
        [
            "-D", Directory, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200",
            "-c", "shared_buffers=64MB", "-c", "min_wal_size=8MB", "-c", "max_wal_size=32MB", "-c", "wal_keep_size=16MB", "-c", "jit=off", "-c", "log_line_prefix=%m [%p] %a ",
            .. settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        postmaster?.Dispose();
        // The shell becomes the server, so its number is the postmaster's.
        postmaster = Machine.Start(
            "/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", log, Path.Combine(Binaries.Value, "postgres"), .. options], Machine.ServerUser);
        await Task.Delay(50);
    }

    public async Task<bool> AnswersAsync()
    {
        try
        {
            await AskAsync<int>("select 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>kill -9 of the postmaster and every process of the cluster at one moment.</summary>
    public async Task KillAsync()
    {
        if (postmaster is not { HasExited: false } running)
            return;
        await Machine.KillAsync([running.Id, .. await Machine.ChildrenAsync(running.Id)]);
        await running.WaitForExitAsync();
    }

    public Task StopAsync() => RunAsync("pg_ctl", ["stop", "-D", Directory, "-m", "fast", "-w"]);

    /// <summary>Makes a standby the primary.</summary>
    public Task PromoteAsync() => RunAsync("pg_ctl", ["promote", "-D", Directory, "-w"]);

    public async Task<T> AskAsync<T>(string statement, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString("watch", database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync() is { } answer and not DBNull ? (T)answer : default!;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        postmaster?.Dispose();
        atExit.Dispose();
    }

    private string ConnectionLine(string application) => $"host=127.0.0.1 port={Port} user=caseflow application_name={application}";

    private string Tail() => Log is { Length: > 600 } long_ ? long_[^600..] : Log;

    /// <returns>Where the server will write what it says.</returns>
    private static async Task<string> MakeAsync(string directory, string? log = null)
    {
        log ??= directory + ".log";
        System.IO.Directory.CreateDirectory(directory);
        await OwnAsync(directory);
        await Machine.RunAsync("chmod", ["700", directory]);
        await File.WriteAllTextAsync(log, "");
        await OwnAsync(log);
        return log;
    }

    private static async Task OwnAsync(string path)
    {
        if (Machine.ServerUser is { } user)
            await Machine.RunAsync("chown", [user, path]);
    }

    private static Task<string> RunAsync(string program, IEnumerable<string> arguments) =>
        Machine.RunAsync(Path.Combine(Binaries.Value, program), arguments, Machine.ServerUser);

    private static string FindBinaries()
    {
        var debian = System.IO.Directory.Exists("/usr/lib/postgresql")
            ? System.IO.Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian.OrderByDescending(directory => directory, StringComparer.Ordinal).Concat(path)
            .FirstOrDefault(directory => File.Exists(Path.Combine(directory, "pg_basebackup")) && File.Exists(Path.Combine(directory, "postgres")))
            ?? throw new InvalidOperationException("The fault tests need PostgreSQL's programs, pg_basebackup among them: install the package postgresql.");
    }
}
