using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CaseFlow.Api.Embedded;

/// <summary>Makes, starts and stops one cluster. The caller holds <c>starting.lock</c>.</summary>
internal sealed class Cluster(
    DataRoot root, ServerBinaries binaries, ServerUser user, EmbeddedPostgresSettings settings, ILogger logger)
{
    public const string Superuser = "caseflow";
    private const int Attempts = 8;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    /// <summary>The port of the running server, started now if it does not run.</summary>
    public async Task<int> ProvideAsync(string password, CancellationToken ct)
    {
        if (await JoinAsync(password, ct) is { } joined) return joined;
        if (!root.HasCluster) await InitialiseAsync(ct);
        return await StartAsync(ct);
    }

    /// <summary>The port of a server that runs and answers; what is left of one that does not is removed.</summary>
    private async Task<int?> JoinAsync(string password, CancellationToken ct)
    {
        if (Postmaster.Read(root) is not { } postmaster) return null;
        if (await postmaster.IsServerOfAsync(root, ct))
        {
            if (await AnswersAsync(postmaster.Port, password, ct)) return postmaster.Port;
            logger.LogWarning("The embedded database {Process} does not answer and is replaced", postmaster.ProcessId);
            await StopAtOnceAsync(ct);
            postmaster.Kill();
        }
        File.Delete(root.PostmasterFile);
        return null;
    }

    private static async Task<bool> AnswersAsync(int port, string password, CancellationToken ct)
    {
        var silence = Stopwatch.StartNew();
        while (silence.Elapsed < Silence)
        {
            try
            {
                await using var connection = new NpgsqlConnection(
                    ConnectionString(port, password, "postgres", pooled: false) + ";Timeout=2");
                await connection.OpenAsync(ct);
                return true;
            }
            catch (PostgresException starting) when (starting.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                // It speaks: still coming up, or replaying what a crash left. That is worth waiting for.
                silence.Restart();
                await Task.Delay(100, ct);
            }
            catch (PostgresException)
            {
                return true; // whatever it objects to, it is there
            }
            catch (NpgsqlException)
            {
                await Task.Delay(100, ct);
            }
        }
        return false;
    }

    /// <summary>Under a temporary name first, so that an interrupted attempt is never taken for a database.</summary>
    private async Task InitialiseAsync(CancellationToken ct)
    {
        await Shell.RunAsync("/bin/sh", ["-c", "rm -rf unfinished-*"], root.FullPath, user, ct);
        var unfinished = Path.Combine(root.FullPath, $"unfinished-{Guid.NewGuid():N}");
        // The C locale sorts the same on every machine.
        string[] arguments =
        [
            "--pgdata", unfinished, "--username", Superuser, "--pwfile", root.PasswordFile,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C",
            .. settings.Durable ? Array.Empty<string>() : ["--no-sync"],
        ];
        var made = await Shell.RunAsync(binaries.InitDb, arguments, root.FullPath, user, ct);
        if (!made.Succeeded)
        {
            throw new EmbeddedPostgresException(
                $"{binaries.InitDb} could not make a database in {root.FullPath}: {made.LastLine}");
        }
        Directory.Move(unfinished, root.Cluster);
    }

    private async Task<int> StartAsync(CancellationToken ct)
    {
        root.TrimLog();
        var port = FreePort();
        for (var attempt = 1; ; attempt++)
        {
            var logged = File.Exists(root.Log) ? new FileInfo(root.Log).Length : 0;
            var started = await Shell.RunAsync(
                binaries.PgCtl,
                ["start", "-D", root.Cluster, "-w", "-t", "60", "-l", root.Log, "-o", Options(port)],
                root.FullPath, user, ct);
            if (started.Succeeded)
            {
                root.RememberPort(port);
                return port;
            }
            var said = File.Exists(root.Log) ? (await File.ReadAllTextAsync(root.Log, ct))[(int)logged..] : "";
            var reason = said.Split('\n').LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal))
                ?? started.LastLine;
            if (attempt == Attempts)
            {
                throw new EmbeddedPostgresException(
                    $"The embedded database does not start: {reason.Trim()} (see {root.Log}).");
            }
            if (said.Contains("could not bind", StringComparison.Ordinal))
                port = FreePort();
            else
                await Task.Delay(250, ct); // processes of a killed server take a moment to notice and to end
        }
    }

    private Task<Shell.Result> StopAtOnceAsync(CancellationToken ct) => Shell.RunAsync(
        binaries.PgCtl, ["stop", "-D", root.Cluster, "-m", "immediate", "-w", "-t", "2"], root.FullPath, user, ct);

    public static string ConnectionString(int port, string password, string database, bool pooled = true) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = Superuser,
            Password = password,
            Database = database,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Pooling = pooled,
        }.ConnectionString;

    /// <summary>
    /// TCP on the loopback address only and no socket file, whose path could be too long. The server's log never
    /// repeats statements or row values: they may speak of a client.
    /// </summary>
    private string Options(int port)
    {
        string[] options =
        [
            $"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200",
            "timezone=UTC", "log_timezone=UTC", "log_min_error_statement=panic", "log_error_verbosity=terse",
            .. settings.Durable
                ? Array.Empty<string>()
                : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
        ];
        return string.Join(' ', options.Select(option => "-c " + option));
    }

    private int FreePort()
    {
        if (settings.Port != 0)
        {
            return IsFree(settings.Port)
                ? settings.Port
                : throw new EmbeddedPostgresException(
                    $"Port {settings.Port} is taken: set Embedded:Port to another one, or to 0 for any free one.");
        }
        if (root.RememberedPort is { } remembered && IsFree(remembered)) return remembered;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
