using CaseFlow.Api.Settings;

namespace CaseFlow.Api.Embedded;

/// <summary>The database that the program works on: the configured server, or its own.</summary>
public sealed class OpenDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private OpenDatabase(string connectionString, EmbeddedPostgres? embedded) =>
        (ConnectionString, _embedded) = (connectionString, embedded);

    public string ConnectionString { get; }

    /// <summary>Only a database of the program's own gets demonstration data.</summary>
    public bool IsEmbedded => _embedded is not null;

    /// <summary>Starts or joins the embedded server when no connection string is configured.</summary>
    public static async Task<OpenDatabase> OpenAsync(
        CaseFlowSettings settings, ILoggerFactory loggers, CancellationToken ct)
    {
        if (settings.ConnectionString is { } configured) return new OpenDatabase(configured, embedded: null);
        var logger = loggers.CreateLogger<EmbeddedPostgres>();
        var embedded = await EmbeddedPostgres.StartAsync(settings.Embedded, logger, ct);
        return new OpenDatabase(embedded.ConnectionString, embedded);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
