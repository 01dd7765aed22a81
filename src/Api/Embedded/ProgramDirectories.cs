namespace CaseFlow.Api.Embedded;

/// <summary>Where the program keeps what nobody configured a place for.</summary>
public static class ProgramDirectories
{
    /// <summary>
    /// Lasting data: <c>/var/lib/caseflow</c> for root (the server's user cannot enter root's home), otherwise
    /// <c>$XDG_DATA_HOME/caseflow</c> or <c>~/.local/share/caseflow</c>.
    /// </summary>
    public static string Data => Choose("/var/lib", "XDG_DATA_HOME", ".local/share");

    /// <summary>What can be fetched again: <c>/var/cache/caseflow</c>, or the user's cache directory.</summary>
    public static string Cache => Choose("/var/cache", "XDG_CACHE_HOME", ".cache");

    private static string Choose(string forRoot, string variable, string inHome)
    {
        if (ServerUser.IsRoot) return Path.Combine(forRoot, "caseflow");
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } configured && Path.IsPathRooted(configured))
            return Path.Combine(configured, "caseflow");
        var home = Environment.GetEnvironmentVariable("HOME");
        return Directory.Exists(home)
            ? Path.Combine(home, inHome, "caseflow")
            : Path.Combine("/var/tmp", $"caseflow-{Environment.UserName}", inHome);
    }
}
