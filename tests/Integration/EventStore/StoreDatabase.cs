using CaseFlow.EventStore;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Migrations;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.EventStore.Views;
using CaseFlow.Integration.Infrastructure;
using Npgsql;

namespace CaseFlow.Integration.EventStore;

/// <summary>A migrated store in a database of its own, with the statements that tests look at it with.</summary>
public sealed class StoreDatabase : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly PostgresDataKeyStore keyStore;
    private readonly FileWrappingKey wrappingKey = Example.NewWrappingKey();

    private StoreDatabase(TestDatabase database)
    {
        this.database = database;
        Owner = StoreDataSource.Open(new NpgsqlConnectionStringBuilder(database.ConnectionString));
        Source = StoreDataSource.Create(database.ProgramConnectionString);
        Questions = StoreDataSource.ForQuestions(database.ProgramConnectionString);
        Leases = StoreDataSource.ForLease(database.ProgramConnectionString);
        keyStore = new PostgresDataKeyStore(Source, Options);
        Sealer = new AesGcmSealer(keyStore, wrappingKey);
        Store = new PostgresEventStore(Source, Options, Example.Codec, Sealer);
        Sequencer = new Sequencer(Source, Options, Store.Appended);
    }

    public EventStoreOptions Options { get; } = new();

    public string ConnectionString => database.ConnectionString;

    public string ProgramConnectionString => database.ProgramConnectionString;

    /// <summary>Owns everything: for looking behind the program's back.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>In the program's role.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>In the questions' role.</summary>
    public NpgsqlDataSource Questions { get; }

    /// <summary>Sessions for daemons.</summary>
    public NpgsqlDataSource Leases { get; }

    public AesGcmSealer Sealer { get; }

    public PostgresEventStore Store { get; }

    public Sequencer Sequencer { get; }

    public static async Task<StoreDatabase> CreateAsync()
    {
        var template = await TestDatabase.TemplateAsync("store", async connectionString =>
        {
            await using var source = StoreDataSource.ForMigrations(connectionString);
            await new Migrator(source, new EventStoreOptions()).MigrateAsync();
        });
        return new StoreDatabase(await TestDatabase.CreateAsync(template));
    }

    public PostgresEventStore StoreWith(EventCodec? codec = null, params IInlineView[] inline) =>
        new(Source, Options, codec ?? Example.Codec, Sealer, inline);

    /// <summary>One more node's daemon.</summary>
    public Daemon Daemon(string node, LogSignal? appended = null) => new(Leases, Options, appended ?? Store.Appended, node);

    /// <summary>Another node: it knows nothing of this one but the database and the wrapping key.</summary>
    public AesGcmSealer SealerOfAnotherNode() => new(keyStore, wrappingKey);

    public async Task<T> AskAsync<T>(string statement)
    {
        await using var command = Owner.CreateCommand(statement);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task DoAsync(string statement)
    {
        await using var command = Owner.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits, within bounds, until a question is answered with yes.</summary>
    public async Task UntilAsync(string question, int seconds = 20)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!await AskAsync<bool>(question))
        {
            waited.Elapsed.TotalSeconds.ShouldBeLessThan(seconds, question);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Questions.DisposeAsync();
        await Owner.DisposeAsync();
        await Leases.DisposeAsync();
        await database.DisposeAsync();
    }
}
