using CaseFlow.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Views;

/// <summary>The SQL of a <see cref="TableView{TRow}"/>, in the schema that the search path names.</summary>
internal sealed class TableShape<TRow>
{
    public TableShape(string name, IReadOnlyList<ViewColumn<TRow>> columns, IReadOnlyList<IReadOnlyList<string>> indexes)
    {
        if (columns.FirstOrDefault(column => column.SqlType.EndsWith("[]", StringComparison.Ordinal)) is { } list)
            throw new InvalidOperationException($"View \"{name}\" cannot have a list as its column \"{list.Name}\".");
        var own = string.Concat(columns.Select(column => $"  {column.Name} {column.SqlType}{(column.Nullable ? "" : " not null")},\n"));
        string[] all = ["tenant_id", "key", .. columns.Select(column => column.Name), "row", "position"];
        BareTableSql = TableSql("");
        Key = (name + "_pkey", $"alter table {name} add primary key (tenant_id, key)");
        Indexes = [.. indexes.Select((index, n) => ($"{name}_{n + 1}", $"create index if not exists {name}_{n + 1} on {name} ({string.Join(", ", ["tenant_id", .. index, "key"])})"))];
        TablesSql = string.Join(";\n", [TableSql(",\n  primary key (tenant_id, key)"), .. Indexes.Select(index => index.Sql)]);
        CopySql = $"copy {name} ({string.Join(", ", all)}) from stdin (format binary)";
        // "offset 0" keeps each key's look-up a look-up, whatever the planner thinks of the table's size.
        LoadSql = $"""
            select u.n, t.row::text, t.position
            from unnest(@tenants, @keys) with ordinality as u(tenant_id, key, n)
            cross join lateral (select row, position from {name} where tenant_id = u.tenant_id and key = u.key offset 0) t
            """;
        UpsertSql = $"""
            insert into {name} ({string.Join(", ", all)})
            select * from unnest({string.Join(", ", all.Select(column => "@" + column))})
            on conflict (tenant_id, key) do update set {string.Join(", ", all.Skip(2).Select(column => $"{column} = excluded.{column}"))}
            """;
        DeleteSql = $"delete from {name} t using unnest(@tenants, @keys) as u(tenant_id, key) where t.tenant_id = u.tenant_id and t.key = u.key";

        string TableSql(string key) => $"""
            create table if not exists {name} (
              tenant_id text collate "C" not null,
              key text collate "C" not null,
            {own}  row jsonb not null,
              position bigint not null{key}
            )
            """;
    }

    public string TablesSql { get; }

    public string BareTableSql { get; }

    public (string Name, string Sql) Key { get; }

    public IReadOnlyList<(string Name, string Sql)> Indexes { get; }

    public string CopySql { get; }

    public string LoadSql { get; }

    public string UpsertSql { get; }

    public string DeleteSql { get; }
}

/// <summary>Reads and writes the rows of a <see cref="TableView{TRow}"/> in bulk.</summary>
internal sealed class TableRows<TRow>(TableView<TRow> view)
    where TRow : class
{
    public TableShape<TRow> Shape { get; } = new(view.Name, view.Columns, view.Indexes);

    /// <summary>Fills in the rows that the table has.</summary>
    public async Task LoadAsync(NpgsqlConnection connection, IReadOnlyDictionary<RowKey, TableRow<TRow>> wanted, CancellationToken cancellation)
    {
        RowKey[] keys = [.. wanted.Keys];
        await using var command = Keyed(Shape.LoadSql, connection, keys);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            wanted[keys[reader.GetInt64(0) - 1]].Load(view.FromJson(reader.GetString(1)), reader.GetInt64(2));
    }

    /// <summary>Brings the table to the changed rows: one upsert, and one delete when there is something to delete.</summary>
    public async Task MergeAsync(
        NpgsqlConnection connection, IEnumerable<KeyValuePair<RowKey, TableRow<TRow>>> rows, CancellationToken cancellation)
    {
        var changed = rows.Where(entry => entry.Value.HasChanged).ToList();
        var present = changed.Where(entry => entry.Value.Row is not null).ToList();
        var gone = changed.Where(entry => entry.Value is { Row: null, IsStored: true }).Select(entry => entry.Key).ToArray();
        if (present.Count > 0)
        {
            await using var upsert = new NpgsqlCommand(Shape.UpsertSql, connection);
            var parameters = upsert.Parameters;
            parameters.Add(Array("tenant_id", NpgsqlDbType.Text, present.Select(entry => entry.Key.TenantId)));
            parameters.Add(Array("key", NpgsqlDbType.Text, present.Select(entry => entry.Key.Key)));
            foreach (var column in view.Columns)
                parameters.Add(Array(column.Name, column.DbType, present.Select(entry => column.Of(entry.Value.Row!) ?? DBNull.Value)));
            parameters.Add(Array("row", NpgsqlDbType.Jsonb, present.Select(entry => view.ToJson(entry.Value.Row!))));
            parameters.Add(Array("position", NpgsqlDbType.Bigint, present.Select(entry => entry.Value.Position)));
            await upsert.ExecuteNonQueryAsync(cancellation);
        }

        if (gone.Length > 0)
        {
            await using var delete = Keyed(Shape.DeleteSql, connection, gone);
            await delete.ExecuteNonQueryAsync(cancellation);
        }

        foreach (var (_, row) in changed)
            row.Written();
    }

    /// <summary>Copies rows that the table has not.</summary>
    public async Task CopyAsync(
        NpgsqlConnection connection, IEnumerable<KeyValuePair<RowKey, TableRow<TRow>>> rows, CancellationToken cancellation)
    {
        await using var copy = await CopyWriter.BeginAsync(connection, Shape.CopySql, view.Columns.Count + 4, cancellation);
        foreach (var (key, row) in rows)
        {
            if (row.Row is { } present)
            {
                await copy.BeginRowAsync(cancellation);
                copy.Write(key.TenantId);
                copy.Write(key.Key);
                foreach (var column in view.Columns)
                    copy.Write(column.Of(present));
                copy.WriteJson(view.ToJson(present));
                copy.Write(row.Position);
            }

            row.Written();
        }

        await copy.CompleteAsync(cancellation);
    }

    private static NpgsqlCommand Keyed(string sql, NpgsqlConnection connection, RowKey[] keys)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(Array("tenants", NpgsqlDbType.Text, keys.Select(key => key.TenantId)));
        command.Parameters.Add(Array("keys", NpgsqlDbType.Text, keys.Select(key => key.Key)));
        return command;
    }

    private static NpgsqlParameter Array<T>(string name, NpgsqlDbType type, IEnumerable<T> values) =>
        new(name, NpgsqlDbType.Array | type) { Value = values.ToArray() };
}
