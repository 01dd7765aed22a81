using System.Globalization;
using System.Security.Cryptography;

namespace CaseFlow.Api.Embedded;

/// <summary>
/// The directory of one embedded database: the cluster, its password and port, and two locks.
/// <c>running.lock</c> is held shared by every program that uses the server; <c>starting.lock</c> is held
/// exclusively by the one that looks whether it runs and starts it.
/// </summary>
internal sealed class DataRoot
{
    private const string Marker = "caseflow-database";

    private DataRoot(string path) => FullPath = path;

    public string FullPath { get; }
    public string Cluster => Path.Combine(FullPath, "data");
    public string Log => Path.Combine(FullPath, "server.log");
    public string PasswordFile => Path.Combine(FullPath, "password");
    public string RunningLock => Path.Combine(FullPath, "running.lock");
    public string StartingLock => Path.Combine(FullPath, "starting.lock");
    public string PostmasterFile => Path.Combine(Cluster, "postmaster.pid");
    private string PortFile => Path.Combine(FullPath, "port");

    public bool HasCluster => File.Exists(Path.Combine(Cluster, "PG_VERSION"));

    public int? ClusterMajor => HasCluster
        ? int.Parse(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")).Trim(), CultureInfo.InvariantCulture)
        : null;

    /// <summary>Makes the directory and gives it to the server's user; refuses one that holds something else.</summary>
    public static async Task<DataRoot> OpenAsync(
        EmbeddedPostgresSettings settings, ServerUser user, CancellationToken ct)
    {
        var path = Path.GetFullPath(settings.DataDirectory ?? Path.Combine(ProgramDirectories.Data, "postgres"));
        try
        {
            if (settings.DataDirectory is null && !OperatingSystem.IsWindows())
            {
                // Root may have a closed umask, and the server's user must come through.
                var parent = Directory.CreateDirectory(ProgramDirectories.Data);
                parent.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            }
            Directory.CreateDirectory(path);
            var marker = Path.Combine(path, Marker);
            if (!File.Exists(marker))
            {
                if (Directory.EnumerateFileSystemEntries(path).Any())
                {
                    throw new EmbeddedPostgresException(
                        $"{path} is not empty and not an embedded database: set Embedded:DataDirectory to another "
                        + "directory.");
                }
                await File.WriteAllTextAsync(marker, "The private PostgreSQL of CaseFlow.\n", ct);
            }
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var root = new DataRoot(path);
            await root.GiveToAsync(user, ct);
            return root;
        }
        catch (Exception cause) when (cause is UnauthorizedAccessException or IOException)
        {
            throw new EmbeddedPostgresException(
                $"The embedded database cannot use {path} ({cause.Message}): set Embedded:DataDirectory to a directory "
                + $"of the user {Environment.UserName}.", cause);
        }
    }

    /// <summary>The superuser's password, made on first use and readable by its owner alone.</summary>
    public async Task<string> PasswordAsync(ServerUser user, CancellationToken ct)
    {
        if (File.Exists(PasswordFile)) return (await File.ReadAllTextAsync(PasswordFile, ct)).Trim();
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new StreamWriter(PasswordFile, options)) await file.WriteLineAsync(password);
        await GiveToAsync(user, ct);
        return password;
    }

    public int? RememberedPort =>
        File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile), CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    public void RememberPort(int port) =>
        File.WriteAllText(PortFile, port.ToString(CultureInfo.InvariantCulture) + "\n");

    /// <summary>A log of long use is begun anew rather than rotated: it is read only when a start fails.</summary>
    public void TrimLog()
    {
        if (File.Exists(Log) && new FileInfo(Log).Length > 8 * 1024 * 1024) File.Delete(Log);
    }

    private async Task GiveToAsync(ServerUser user, CancellationToken ct)
    {
        if (user.Name is not { } name) return;
        var files = Directory.GetFiles(FullPath).Append(FullPath);
        // -h: the server's user owns the directory, and must not lead root elsewhere by a link.
        var given = await Shell.RunAsync("chown", ["-h", name, .. files], "/", user: null, ct);
        if (!given.Succeeded)
            throw new EmbeddedPostgresException($"{FullPath} cannot be given to {name} ({given.LastLine}).");
    }
}
