using System.Collections.Concurrent;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Embedded;
using CaseFlow.EventStore.Sealing;
using Npgsql;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>
/// A database that nobody else uses, dropped when disposed. Cheap enough for every test class: an empty one, or a
/// copy of a template, takes some tens of milliseconds.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>A condition on <c>pg_locks</c>: the server's other databases belong to other tests, whose sessions are not to be counted or ended.</summary>
    public const string OfThisDatabase = "database = (select oid from pg_database where datname = current_database())";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new();

    private TestDatabase(string name, string connectionString) => (Name, ConnectionString) = (name, connectionString);

    public string Name { get; }

    /// <summary>With the login that owns everything: for migrations, and to look behind the program's back.</summary>
    public string ConnectionString { get; }

    /// <summary>With the login of the running program.</summary>
    public string ProgramConnectionString => ProgramLoginIn(ConnectionString);

    public static string ProgramLoginIn(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = EmbeddedPostgres.ProgramLogin }.ConnectionString;

    /// <param name="template">What <see cref="TemplateAsync"/> answered, or null for an empty database.</param>
    public static async Task<TestDatabase> CreateAsync(string? template = null)
    {
        var server = await PostgresServer.RunningAsync();
        var name = $"test_{Guid.NewGuid():N}";
        return new TestDatabase(name, await server.CreateDatabaseAsync(name, template));
    }

    /// <summary>A database that the program finds as it would have made it: every table there, nothing recorded.</summary>
    /// <param name="clock">When the database goes by another clock than the system's.</param>
    public static async Task<TestDatabase> CreateMigratedAsync(SetClock? clock = null)
    {
        var template = await TemplateAsync(clock is null ? "caseflow" : "caseflow_clock", async connectionString =>
        {
            if (clock is not null) await clock.InstallAsync(connectionString);
            var keys = Directory.CreateTempSubdirectory("caseflow-template-");
            await using (var fresh = new CaseFlowDatabase(
                clock is null ? connectionString : SetClock.In(connectionString), FileWrappingKey.OpenOrCreate(Path.Combine(keys.FullName, "wrapping.key"))))
            {
                await fresh.MigrateAsync(TestContext.Current.CancellationToken);
            }
            keys.Delete(recursive: true);
        });
        var database = await CreateAsync(template);
        if (clock is not null) await clock.ApplyAsync(database.ConnectionString);
        return database;
    }

    /// <summary>
    /// Prepares a database once in a run, for instance by migrating it, for <see cref="CreateAsync"/> to copy.
    /// </summary>
    /// <param name="name">Says what is in it; the same name is prepared once.</param>
    /// <param name="prepare">Is given the connection string.</param>
    /// <returns>The template's name.</returns>
    public static Task<string> TemplateAsync(string name, Func<string, Task> prepare) =>
        Templates.GetOrAdd(name, _ => new Lazy<Task<string>>(async () =>
        {
            var server = await PostgresServer.RunningAsync();
            var template = $"template_{name}";
            await prepare(await server.CreateDatabaseAsync(template));
            await server.SealTemplateAsync(template);
            return template;
        })).Value;

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(connection);
        var server = await PostgresServer.RunningAsync();
        await server.DropDatabaseAsync(Name);
    }
}
