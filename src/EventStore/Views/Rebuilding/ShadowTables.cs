using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>The tables of a view aside, by name: made, completed and swapped the same way whatever is in them.</summary>
internal sealed class ShadowTables(string view, IReadOnlyList<string> tables, ViewOptions options, RebuildSession session)
{
    private readonly ViewSql sql = new(options);

    public async Task CreateAsync(NpgsqlConnection connection, string tablesSql, CancellationToken cancellation)
    {
        await DropAsync(connection, cancellation);
        await connection.RunAsync(tablesSql, cancellation);
        foreach (var table in tables)
        {
            if (!await ExistsAsync(connection, sql.Aside(table), cancellation))
                throw new InvalidOperationException($"View \"{view}\" must name its table {table} without a schema to be rebuilt.");
            await connection.RunAsync(sql.WallOff(sql.Aside(table)), cancellation);
        }
    }

    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, string relation, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand("select to_regclass(@relation) is not null", connection).With("relation", relation);
        return await find.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Adds one key or index unless it is there.</summary>
    public async Task AddAsync(NpgsqlConnection connection, string name, string statement, CancellationToken cancellation)
    {
        if (!await ExistsAsync(connection, sql.Aside(name), cancellation))
            await RunLongAsync(connection, $"set local maintenance_work_mem = '{options.IndexMemoryMegabytes}MB'; {statement}", cancellation);
    }

    /// <summary>Adds keys and indexes one by one, each in a transaction of its own, and gathers statistics.</summary>
    public async Task CompleteAsync(IEnumerable<(string Name, string Sql)> additions, CancellationToken cancellation)
    {
        foreach (var (name, statement) in additions)
            await session.InTransactionAsync(connection => AddAsync(connection, name, statement, cancellation), cancellation);
        foreach (var table in tables)
            await session.InTransactionAsync(connection => RunLongAsync(connection, $"analyze {sql.Aside(table)}", cancellation), cancellation);
    }

    public Task LockLiveAsync(NpgsqlConnection connection, CancellationToken cancellation) => LockAsync(connection, "access exclusive", cancellation);

    public Task ShareLiveAsync(NpgsqlConnection connection, CancellationToken cancellation) => LockAsync(connection, "share", cancellation);

    private async Task LockAsync(NpgsqlConnection connection, string mode, CancellationToken cancellation)
    {
        var live = new List<string>();
        foreach (var table in tables.Select(sql.InViews))
        {
            if (await ExistsAsync(connection, table, cancellation))
                live.Add(table);
        }

        if (live.Count > 0)
            await connection.RunAsync($"lock table {string.Join(", ", live)} in {mode} mode", cancellation);
    }

    public async Task TakePlaceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        foreach (var table in tables)
            await connection.RunAsync(sql.Swap(table), cancellation);
    }

    /// <summary>Removes the tables that others have taken the place of; done by itself, because files take their time.</summary>
    public Task DropReplacedAsync(CancellationToken cancellation) => session.InTransactionAsync(
        connection => RunLongAsync(connection, string.Join(";\n", tables.Select(sql.DropReplaced)), cancellation), cancellation);

    public Task DropAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        connection.RunAsync(string.Join(";\n", tables.Select(table => $"drop table if exists {sql.Aside(table)} cascade")), cancellation);

    /// <summary>Every table, its rows told apart by its primary key.</summary>
    public async Task<IReadOnlyList<ComparedRows>> ComparedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var compared = new List<ComparedRows>();
        foreach (var table in tables)
        {
            await using var keys = new NpgsqlCommand(
                """
                select a.attname from pg_index i
                cross join lateral unnest(i.indkey) with ordinality k(attnum, n)
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                where i.indrelid = @table::regclass and i.indisprimary order by k.n
                """,
                connection).With("table", sql.Aside(table));
            var key = new List<string>();
            await using (var reader = await keys.ExecuteReaderAsync(cancellation))
            {
                while (await reader.ReadAsync(cancellation))
                    key.Add(reader.GetString(0));
            }

            compared.Add(new(table, sql.InViews(table), sql.Aside(table), key));
        }

        return compared;
    }

    private static async Task RunLongAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
