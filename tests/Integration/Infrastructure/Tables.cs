using System.Text;
using Npgsql;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>Looks into every table and view of a database, in every schema.</summary>
public static class Tables
{
    /// <returns>The tables with a row that holds the text, in plain letters or as bytes.</returns>
    public static async Task<IReadOnlyList<string>> HoldingAsync(string connectionString, string text)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var source = NpgsqlDataSource.Create(connectionString);
        var holding = new List<string>();
        foreach (var table in await NamesAsync(source))
        {
            await using var command = source.CreateCommand(
                $"select exists (select from {table} as r where strpos(lower(r::text), lower(@text)) > 0 or strpos(r::text, @hex) > 0)");
            command.Parameters.AddWithValue("text", text);
            command.Parameters.AddWithValue("hex", Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)));
            if ((bool)(await command.ExecuteScalarAsync(cancellation))!)
                holding.Add(table);
        }

        return holding;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("""
            select format('%I.%I', table_schema, table_name) from information_schema.tables
            where table_schema not in ('pg_catalog', 'information_schema')
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            names.Add(reader.GetString(0));
        names.ShouldNotBeEmpty();
        return names;
    }
}
