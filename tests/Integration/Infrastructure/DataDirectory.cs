using CaseFlow.Api.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>A place for one embedded database, removed at the end with whatever still runs in it.</summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>Does not exist yet.</summary>
    public string FullPath { get; } = Path.Combine(Path.GetTempPath(), $"caseflow-embedded-{Guid.NewGuid():N}");

    public EmbeddedPostgresSettings Settings => new() { DataDirectory = FullPath, Durable = false };

    public Task<EmbeddedPostgres> StartAsync() => StartAsync(Settings);

    public static Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresSettings settings) =>
        EmbeddedPostgres.StartAsync(settings, NullLogger.Instance, TestContext.Current.CancellationToken);

    public static async Task<object?> AskAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        foreach (var watchdog in ServerProcesses.Watchdogs(FullPath)) ServerProcesses.Kill(watchdog);
        if (ServerProcesses.Postmaster(FullPath) is { } postmaster && ServerProcesses.IsAlive(postmaster, FullPath))
            ServerProcesses.Kill(postmaster);
        if (Directory.Exists(FullPath)) Directory.Delete(FullPath, recursive: true);
    }
}
