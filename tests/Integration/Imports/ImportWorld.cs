using CaseFlow.Api.Composition;
using CaseFlow.Api.Imports;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Infrastructure;
using Npgsql;

namespace CaseFlow.Integration.Imports;

/// <summary>A database with one jurisdiction's policy and nothing else, and the program that imports into it.</summary>
public sealed class ImportWorld : IAsyncDisposable
{
    public const string Jurisdiction = "pennsylvania";

    private static readonly JurisdictionPolicy Policy = JurisdictionPolicy.Default("provider") with { TimeZone = "America/New_York" };

    private readonly TestDatabase database;

    private ImportWorld(TestDatabase database)
    {
        this.database = database;
        Directory = System.IO.Directory.CreateTempSubdirectory("caseflow-import-").FullName;
        Database = new CaseFlowDatabase(database.ConnectionString, FileWrappingKey.OpenOrCreate(KeyFile));
    }

    /// <summary>A place for files of this test.</summary>
    public string Directory { get; }

    public string KeyFile => Path.Combine(Directory, "wrapping.key");

    public CaseFlowDatabase Database { get; }

    public ImportTerms Terms { get; } = new(Jurisdiction, ImportTerms.DefaultSource, DateTimeOffset.UtcNow, Policy);

    /// <summary>The public data set beside the repository; a test without it fails.</summary>
    public static string RealFile
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(directory!.FullName, "CaseFlow.sln")))
                directory = directory.Parent;
            return Path.Combine(directory.FullName, "..", "shared", "data", "overdose-incidents.csv");
        }
    }

    public static async Task<ImportWorld> CreateAsync(bool withPolicy = true)
    {
        var world = new ImportWorld(await TestDatabase.CreateMigratedAsync());
        if (withPolicy)
            await world.PublishPolicyAsync();
        return world;
    }

    /// <summary>The engine, as the command runs it.</summary>
    public async Task<(ImportTally Tally, List<RejectedRow> Rejected)> ImportAsync(string? path = null, CaseFlowDatabase? by = null)
    {
        var rejected = new List<RejectedRow>();
        using var reader = IncidentRowReader.Open(path ?? RealFile);
        var import = new ImportOverdoses((by ?? Database).Store, Terms, row =>
        {
            rejected.Add(row);
            return Task.CompletedTask;
        });
        return (await import.RunAsync(reader.Read(), cancellation: TestContext.Current.CancellationToken), rejected);
    }

    /// <summary>The program in a process of its own.</summary>
    public ProgramProcess Start(params string[] arguments) => ProgramProcess.Start(
        [.. arguments, $"--ConnectionStrings:CaseFlow={database.ConnectionString}", $"--Keys:File={KeyFile}"]);

    /// <summary>The command on a file, rejected lines beside the other files of this test.</summary>
    public ProgramProcess StartImport(string path, params string[] arguments) =>
        Start(["import", "overdoses", path, "--jurisdiction", Jurisdiction, "--rejected", RejectedFile, .. arguments]);

    public string RejectedFile => Path.Combine(Directory, "lines.rejected.jsonl");

    public CaseFlowDatabase AnotherNode() => new(database.ConnectionString, FileWrappingKey.OpenOrCreate(KeyFile));

    public async Task<long> CountAsync() => await AskAsync<long>("select count(*) from caseflow.mt_events where type = 'overdose_reported'");

    /// <summary>Everything an import leaves, without what differs from run to run: event ids and the time of the import.</summary>
    public Task<string> ContentAsync() => AskAsync<string>("""
        select md5(string_agg(concat_ws('|', e.tenant_id, e.stream_id, e.version, e.type, e.data - 'knownAt', e.headers, e.correlation_id, s.type, s.version), E'\n'
            order by e.stream_id, e.version))
        from caseflow.mt_events e join caseflow.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
        where s.type = 'overdose'
        """);

    /// <summary>A connection of the owner's, for looking and blocking behind the program's back.</summary>
    public async Task<NpgsqlConnection> OpenAsOwnerAsync()
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await OpenAsOwnerAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await database.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private Task<AppendResult> PublishPolicyAsync()
    {
        var published = new JurisdictionPolicyPublished(1, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), Policy, "first").At(DateTimeOffset.UtcNow);
        return Database.Store.AppendAsync(
            new Append(
                Jurisdiction,
                [new StreamAppend(StreamIds.Policies(Jurisdiction), Streams.Policies.Alias, ExpectedVersion.NoStream, [new NewEvent(Guid.CreateVersion7(), published)])],
                new AppendMetadata("test")),
            TestContext.Current.CancellationToken);
    }
}
