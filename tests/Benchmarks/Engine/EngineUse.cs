using System.Globalization;
using System.Text.RegularExpressions;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Migrations;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.ReferralCompliance;
using CaseFlow.Projections.Timeline;
using Npgsql;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>The engine as the measurements use it, and the one event that all of them write.</summary>
internal sealed partial class EngineUse : IAsyncDisposable
{
    public const string Tenant = "county";
    public const string Alias = "touchpoints";

    private const string FilledPrefix = "019a0000-0000-7000-8000-";

    private EngineUse(string connectionString)
    {
        ConnectionString = connectionString;
        Source = StoreDataSource.Create(connectionString);
        Reading = NpgsqlDataSource.Create(connectionString);
        Store = new PostgresEventStore(Source, new EventStoreOptions(), ProjectionCatalogue.Codec);
    }

    public string ConnectionString { get; }

    /// <summary>For appends and reading the log.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>For views.</summary>
    public NpgsqlDataSource Reading { get; }

    public PostgresEventStore Store { get; }

    /// <summary>A database with the engine's tables, made now if they are not there.</summary>
    public static async Task<EngineUse> OpenAsync(string connectionString)
    {
        var engine = new EngineUse(connectionString);
        await using var migrations = StoreDataSource.ForMigrations(connectionString);
        await new Migrator(migrations, new EventStoreOptions()).MigrateAsync();
        return engine;
    }

    public static IView ViewOf(string name) => name switch
    {
        "timeline" => new TimelineView(ProjectionCatalogue.EventTypes.StoredName),
        "compliance" => new ReferralComplianceView(),
        "clients" => new CounterView(perClient: true),
        "days" => new CounterView(perClient: false),
        _ => throw new ArgumentException($"No view {name}.", nameof(name)),
    };

    public Task RebuildAsync(IView view) => new ViewRebuild(Reading, Store).RebuildAsync(view);

    /// <summary>Follows the log event by event.</summary>
    public Task FollowOneByOneAsync(IView view) => new ViewRunner(Reading, Store, [view], new LogSignal()).CatchUpAsync(pageSize: 1);

    /// <summary>Gives positions to everything committed.</summary>
    public Task PlaceAsync() => new Sequencer(Source, new EventStoreOptions(), new LogSignal()).PlaceNewAsync();

    public async Task<long> AppendAsync(Guid stream, long version, IReadOnlyList<NewEvent> events)
    {
        var result = await Store.AppendAsync(
            new Append(Tenant, [new StreamAppend(stream, Alias, ExpectedVersion.Exactly(version), events)], Sample.Metadata), CancellationToken.None);
        return result is AppendResult.Appended ? version + events.Count : throw new InvalidOperationException($"{result}");
    }

    /// <summary>Many new streams in one load.</summary>
    public async Task ImportAsync(IEnumerable<Guid> streams, int eventsEach)
    {
        var history = streams.Select(stream => new BulkEvents(stream, Alias, Sample.Events(stream, eventsEach)));
        var result = await Store.AppendManyAsync(Tenant, history.ToAsyncEnumerable(), Sample.Metadata, CancellationToken.None);
        if (result.AlreadyThere > 0)
            throw new InvalidOperationException($"{result}");
    }

    /// <summary>Streams of so many events by SQL, versions of a stream far apart as time would have put them.</summary>
    /// <param name="first">Number of the first stream (<see cref="FilledStream"/>).</param>
    public async Task FillAsync(int first, int streams, int eventsEach)
    {
        var (data, headers) = (Sample.Data, Sample.Headers);
        await using var connection = await Source.OpenConnectionAsync();
        await using var fill = new NpgsqlCommand(
            $"""
            insert into caseflow.mt_streams (tenant_id, id, type, version)
            select '{Tenant}', {FilledStreamSql("k")}, '{Alias}', {eventsEach} from generate_series({first}, {first + streams - 1}) k;
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, headers, type, mt_dotnet_type, timestamp, tenant_id, correlation_id, user_name)
            select nextval('caseflow.mt_events_sequence'), md5(v || ' event ' || k)::uuid, {FilledStreamSql("k")}, v,
                jsonb_set('{data}'::jsonb, array['clientId'], to_jsonb({FilledStreamSql("k")})), '{headers}'::jsonb,
                '{Sample.StoredName}', '{Sample.DotnetType}', now(), '{Tenant}', '{Sample.Trace}', 'agent-1'
            from generate_series(1, {eventsEach}) v, generate_series({first}, {first + streams - 1}) k;
            """,
            connection);
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync();
    }

    /// <summary>The id of a filled stream, here and in SQL.</summary>
    public static Guid FilledStream(int number) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{FilledPrefix}{number:x12}"));

    public static string FilledStreamSql(string number) => $"('{FilledPrefix}' || lpad(to_hex({number}), 12, '0'))::uuid";

    /// <summary>The engine's query of the log, all of it at once.</summary>
    public static string WholeLog() => Statement("copy_log")
        .Replace("copy (", "", StringComparison.Ordinal)
        .Replace(") to stdout (format binary)", "", StringComparison.Ordinal)
        .Replace("{after}", "0", StringComparison.Ordinal)
        .Replace("{up_to}", $"{long.MaxValue}", StringComparison.Ordinal)
        .Trim();

    /// <summary>A statement of the engine for pgbench and psql: parameters become <c>:variables</c>.</summary>
    public static string Statement(string name)
    {
        using var stream = typeof(IEventStore).Assembly.GetManifestResourceStream($"CaseFlow.EventStore.Postgres.Statements.{name}.sql")
            ?? throw new InvalidOperationException($"The engine has no statement {name} any more.");
        using var reader = new StreamReader(stream);
        return Parameter().Replace(reader.ReadToEnd().Replace("{schema}", "caseflow", StringComparison.Ordinal), ":$1");
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Reading.DisposeAsync();
    }

    [GeneratedRegex(@"(?<!@)@(\w+)")]
    private static partial Regex Parameter();
}
