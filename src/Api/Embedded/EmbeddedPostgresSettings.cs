namespace CaseFlow.Api.Embedded;

/// <summary>The section <c>Embedded</c>: the private PostgreSQL of development and tests.</summary>
public sealed record EmbeddedPostgresSettings
{
    /// <summary>Where the cluster lives. Default: <c>postgres</c> in the program's data directory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Where a server fetched with npm is kept. Default: the user's (for root the machine's) cache.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Looks for a server installed on the machine first.</summary>
    public bool UseMachineBinaries { get; init; } = true;

    /// <summary>Fetches a server with npm when the machine has none.</summary>
    public bool UseNpm { get; init; } = true;

    /// <summary>
    /// The user the server runs as when the program runs as root, which PostgreSQL refuses. Default:
    /// <c>postgres</c>, or <c>nobody</c> where there is no such user. Ignored for an ordinary user.
    /// </summary>
    public string? ServerUser { get; init; }

    /// <summary>The port on 127.0.0.1; 0 chooses a free one and remembers it.</summary>
    public int Port { get; init; }

    /// <summary>Off, a power cut loses data and everything is faster. Only for tests.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>The data directory goes when the last program using it ends, however it ends. Only for tests.</summary>
    public bool DeleteWhenStopped { get; init; }
}
