using CaseFlow.Api.Composition;
using CaseFlow.Faults.Servers;
using Npgsql;

namespace CaseFlow.Faults.Checks;

/// <summary>Builds every view from nothing and compares it row by row with what the faults have left of it.</summary>
internal static class Rebuilt
{
    /// <returns>A line for each table that differs.</returns>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(Server server, CaseFlowDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("watch"));
        var tables = database.Views.Inline.SelectMany(view => view.Tables)
            .Concat(database.Views.Async.SelectMany(view => view.Tables).Select(table => "views." + table)).ToList();
        foreach (var table in tables)
            await DoAsync(source, $"create table watch.{Kept(table)} as select * from {table}");
        await database.RebuildAsync(null, (_, _) => { }, CancellationToken.None);

        var differences = new List<string>();
        foreach (var table in tables)
        {
            await using var command = source.CreateCommand($"""
                with live as (select v::text as row from watch.{Kept(table)} v), rebuilt as (select v::text as row from {table} v)
                select (select count(*) from live) as rows,
                  (select count(*) from (select row from live except all select row from rebuilt) as more) as more,
                  (select count(*) from (select row from rebuilt except all select row from live) as less) as less
                """);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            if (reader.GetInt64(1) + reader.GetInt64(2) > 0)
                differences.Add($"{table}: of {reader.GetInt64(0)} rows {reader.GetInt64(1)} are not in a rebuild, which has {reader.GetInt64(2)} others");
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
