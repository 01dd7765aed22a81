using System.Globalization;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// The limit of an append: a table of the columns of <c>mt_events</c> without index or constraint, one statement per
/// transaction, prepared, the same bytes.
/// </summary>
internal static class Bare
{
    public static async Task<string> CreateAsync(BenchServer server)
    {
        var database = await server.CreateDatabaseAsync();
        await using (await EngineUse.OpenAsync(database))
            await CreateTableAsync(database);
        return database;
    }

    public static Task CreateTableAsync(string database) => BenchServer.AskAsync(database, "create table public.bare (like caseflow.mt_events)");

    /// <summary>An INSERT of so many rows.</summary>
    public static string Insert(int rows)
    {
        var values = Enumerable.Range(1, rows).Select(n => string.Create(
            CultureInfo.InvariantCulture, $"(:seq + {n}, :id, :stream, {n}, :data, :type, now(), :tenant, :dotnet, :trace, :headers, :actor, false)"));
        return $"""
            \set seq random(1, 1000000000)
            insert into public.bare (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, headers, user_name, is_archived) values {string.Join(", ", values)};

            """;
    }

    public static IReadOnlyDictionary<string, string> Variables() => new Dictionary<string, string>
    {
        ["id"] = Guid.CreateVersion7().ToString(),
        ["stream"] = Guid.CreateVersion7().ToString(),
        ["data"] = Sample.Data,
        ["headers"] = Sample.Headers,
        ["type"] = Sample.StoredName,
        ["tenant"] = EngineUse.Tenant,
        ["dotnet"] = Sample.DotnetType,
        ["trace"] = Sample.Trace,
        ["actor"] = "agent-1",
    };

    public static Side Inserting(BenchServer server, string database, int clients, int rows) =>
        PgBench.Side(server, "pgbench INSERT", database, clients, rows, Insert(rows), Variables);
}
