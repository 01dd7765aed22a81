using CaseFlow.Api.Composition;
using CaseFlow.Faults.Servers;
using Npgsql;

namespace CaseFlow.Faults.Checks;

/// <summary>Builds every view and the timers from nothing and compares them row by row with what the faults have left of them.</summary>
internal static class Rebuilt
{
    /// <summary>What has been told of a timer. One that is due may be gone because it was fired, and how often it was tried is no fact.</summary>
    private const string Timers = "(select process, tenant_id, key, due_at, payload from caseflow.cf_timers)";

    /// <returns>A line for each table that differs.</returns>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(Server server, CaseFlowDatabase database, string name = "caseflow")
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("watch", name) + ";Pooling=false");
        var tables = database.Views.Inline.SelectMany(view => view.Tables)
            .Concat(database.Views.Async.SelectMany(view => view.Tables).Select(table => "views." + table))
            .Select(table => (Name: table, Rows: table, Counts: "true"))
            .Append((Name: "timers", Rows: Timers, Counts: "v.due_at > statement_timestamp()")).ToList();
        foreach (var table in tables)
        {
            await DoAsync(source, $"drop table if exists watch.{Kept(table.Name)}");
            await DoAsync(source, $"create table watch.{Kept(table.Name)} as select * from {table.Rows} as v");
        }

        await database.RebuildAsync(null, (_, _) => { }, CancellationToken.None);

        var differences = new List<string>();
        foreach (var table in tables)
        {
            await using var command = source.CreateCommand($"""
                with live as (select v::text as row from watch.{Kept(table.Name)} v where {table.Counts}),
                rebuilt as (select v::text as row from {table.Rows} v where {table.Counts})
                select (select count(*) from live) as rows,
                  (select count(*) from (select row from live except all select row from rebuilt) as more) as more,
                  (select count(*) from (select row from rebuilt except all select row from live) as less) as less
                """);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            if (reader.GetInt64(1) + reader.GetInt64(2) > 0)
                differences.Add($"{table.Name}: of {reader.GetInt64(0)} rows {reader.GetInt64(1)} are not in a rebuild, which has {reader.GetInt64(2)} others");
        }

        return differences;
    }

    private static string Kept(string table) => "kept_" + table.Replace('.', '_');

    private static async Task DoAsync(NpgsqlDataSource source, string statement)
    {
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
