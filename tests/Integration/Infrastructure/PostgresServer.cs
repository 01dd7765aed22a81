using CaseFlow.Api.Embedded;
using CaseFlow.Integration.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace CaseFlow.Integration.Infrastructure;

/// <summary>
/// One quick, forgetful server for the whole run, in a directory of its own, started by the first test that needs
/// it. It is stopped and its directory removed at the end, also when the run is killed.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const long Needed = 6L << 30;

    private static readonly Lazy<Task<EmbeddedPostgres>> Started = new(StartAsync);

    /// <summary>The run's server; a machine without PostgreSQL fails the test that asks, it never skips it.</summary>
    public static Task<EmbeddedPostgres> RunningAsync() => Started.Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!Started.IsValueCreated) return;
        var server = await Started.Value;
        await server.DisposeAsync();
    }

    private static Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(
        new EmbeddedPostgresSettings
        {
            DataDirectory = Path.Combine(Place(), $"caseflow-tests-{Guid.NewGuid():N}"),
            Durable = false,
            DeleteWhenStopped = true,
        },
        NullLogger.Instance,
        CancellationToken.None);

    /// <summary>
    /// In memory, where the machine keeps files there and has the space: hundreds of databases are made and dropped in a run,
    /// of some hundred files each, and a fifth of the server's work is what a disk's file system does for them.
    /// </summary>
    private static string Place()
    {
        const string memory = "/dev/shm";
        try
        {
            return Directory.Exists(memory) && new DriveInfo(memory).AvailableFreeSpace >= Needed ? memory : Path.GetTempPath();
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return Path.GetTempPath();
        }
    }
}
