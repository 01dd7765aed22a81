namespace CaseFlow.Api.Embedded;

/// <summary>Who runs the server: the present user (no name), or another because the present one is root.</summary>
internal sealed record ServerUser(string? Name)
{
    public static bool IsRoot => Environment.IsPrivilegedProcess;

    public static ServerUser Choose(EmbeddedPostgresSettings settings, ILogger logger)
    {
        if (!IsRoot) return new ServerUser((string?)null);
        if (settings.ServerUser is { } wanted)
        {
            return Exists(wanted)
                ? new ServerUser(wanted)
                : throw new EmbeddedPostgresException(
                    $"Embedded:ServerUser names {wanted}, but this machine has no such user.");
        }
        if (Exists("postgres")) return new ServerUser("postgres");
        if (Exists("nobody"))
        {
            logger.LogInformation("PostgreSQL does not run as root and there is no user postgres: it runs as nobody");
            return new ServerUser("nobody");
        }
        throw new EmbeddedPostgresException(
            "PostgreSQL does not run as root and this machine has neither a user postgres nor nobody: create one and "
            + "name it in Embedded:ServerUser, or run CaseFlow as an ordinary user.");
    }

    private static bool Exists(string user) =>
        File.Exists("/etc/passwd")
        && File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ":", StringComparison.Ordinal));
}
