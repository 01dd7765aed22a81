using CaseFlow.Api.Composition;
using CaseFlow.Api.Settings;

namespace CaseFlow.Api.Embedded;

/// <summary>The database that the program works on: the configured server, or its own.</summary>
public sealed class OpenDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private OpenDatabase(DatabaseLogins logins, EmbeddedPostgres? embedded) => (Logins, _embedded) = (logins, embedded);

    public DatabaseLogins Logins { get; }

    /// <summary>Only a database of the program's own gets demonstration data.</summary>
    public bool IsEmbedded => _embedded is not null;

    /// <summary>Starts or joins the embedded server when no connection string is configured.</summary>
    public static async Task<OpenDatabase> OpenAsync(
        CaseFlowSettings settings, ILoggerFactory loggers, CancellationToken ct)
    {
        if (settings.ConnectionString is { } configured)
        {
            var given = new DatabaseLogins(configured)
            {
                Migrations = settings.MigrationConnectionString ?? configured,
                Questions = settings.QuestionConnectionString ?? configured,
            };
            return new OpenDatabase(given, embedded: null);
        }
        var logger = loggers.CreateLogger<EmbeddedPostgres>();
        var embedded = await EmbeddedPostgres.StartAsync(settings.Embedded, logger, ct);
        return new OpenDatabase(new(embedded.ProgramConnectionString) { Migrations = embedded.ConnectionString }, embedded);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
