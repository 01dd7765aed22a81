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

    private World(string connectionString)
    {
        ConnectionString = connectionString;
        keyFile = Path.Combine(Path.GetTempPath(), $"caseflow-bench-{Guid.NewGuid():N}.key");
        Database = new CaseFlowDatabase(connectionString, FileWrappingKey.OpenOrCreate(keyFile));
    }

    public string ConnectionString { get; }

    public CaseFlowDatabase Database { get; }

    public ImportTerms Terms { get; } = new(Jurisdiction, ImportTerms.DefaultSource, DateTimeOffset.UtcNow, Policy);

    /// <summary>A server as in production: fsync and synchronous_commit on.</summary>
    public static Task<EmbeddedPostgres> StartServerAsync() => EmbeddedPostgres.StartAsync(
        new EmbeddedPostgresSettings { DataDirectory = NewDirectory(), DeleteWhenStopped = true }, NullLogger.Instance, CancellationToken.None);

    /// <summary>Does not exist yet.</summary>
    public static string NewDirectory() => Path.Combine(Path.GetTempPath(), $"caseflow-bench-{Guid.NewGuid():N}");

    public static async Task<World> CreateAsync(EmbeddedPostgres server)
    {
        var world = new World(await server.CreateDatabaseAsync($"bench_{Guid.NewGuid():N}"));
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
        File.Delete(keyFile);
    }
}
