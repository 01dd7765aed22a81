using CaseFlow.Api.Composition;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Imports;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseFlow.Benchmarks;

/// <summary>A database of one jurisdiction with its policy, on a durable server in a directory that goes at the end.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Jurisdiction = "county";
    public const string Agency = "dcc";
    public const string Provider = "provider";

    public static readonly JurisdictionPolicy Policy = JurisdictionPolicy.Default(Provider) with { TimeZone = "America/New_York" };

    private readonly string keyFile;
    private readonly bool isKept;

    private World(string connectionString, string? directory)
    {
        (ConnectionString, isKept) = (connectionString, directory is not null);
        keyFile = directory is null ? Path.Combine(Path.GetTempPath(), $"caseflow-bench-{Guid.NewGuid():N}.key") : Path.Combine(directory, "wrapping.key");
        Database = new CaseFlowDatabase(connectionString, FileWrappingKey.OpenOrCreate(keyFile));
    }

    public string ConnectionString { get; }

    public CaseFlowDatabase Database { get; }

    public ImportTerms Terms { get; } = new(Jurisdiction, ImportTerms.DefaultSource, DateTimeOffset.UtcNow, Policy);

    /// <summary>A server as in production: fsync and synchronous_commit on.</summary>
    /// <param name="directory">Keeps its data; null for one that goes at the end.</param>
    public static Task<EmbeddedPostgres> StartServerAsync(string? directory = null) => EmbeddedPostgres.StartAsync(
        new EmbeddedPostgresSettings { DataDirectory = directory is null ? NewDirectory() : Path.Combine(directory, "postgres"), DeleteWhenStopped = directory is null },
        NullLogger.Instance,
        CancellationToken.None);

    /// <summary>Does not exist yet.</summary>
    public static string NewDirectory() => Path.Combine(Path.GetTempPath(), $"caseflow-bench-{Guid.NewGuid():N}");

    /// <param name="server">Where.</param>
    /// <param name="directory">Keeps the keys of what is written; null when nothing of it is opened again.</param>
    /// <param name="name">Of the database; one that was not there unless said.</param>
    public static async Task<World> CreateAsync(EmbeddedPostgres server, string? directory = null, string? name = null)
    {
        var world = new World(await server.CreateDatabaseAsync(name ?? $"bench_{Guid.NewGuid():N}"), directory);
        await world.Database.MigrateAsync(CancellationToken.None);
        var published = new JurisdictionPolicyPublished(1, new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero), Policy, "First.").At(DateTimeOffset.UtcNow);
        await world.Database.Store.AppendAsync(
            new Append(
                Jurisdiction,
                [new StreamAppend(StreamIds.Policies(Jurisdiction), Streams.Policies.Alias, ExpectedVersion.NoStream, [new NewEvent(Guid.CreateVersion7(), published)])],
                new AppendMetadata("bench")),
            CancellationToken.None);
        return world;
    }

    /// <summary>One that an earlier run created and filled, as it left it.</summary>
    public static World OpenAgain(EmbeddedPostgres server, string directory, string name) => new(server.ConnectionStringTo(name), directory);

    public async Task<object?> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        if (!isKept)
            File.Delete(keyFile);
    }
}
