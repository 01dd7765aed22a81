using CaseFlow.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Views;

/// <summary>What the tables of a folded view are to be told.</summary>
internal sealed class RowChanges<TRow>
    where TRow : class
{
    /// <summary>New rows, some of them ended already.</summary>
    public List<(RowKey Key, Slice<TRow> Slice, long PosFrom, long PosTo)> Rows { get; } = [];

    /// <summary>Rows of the table that end.</summary>
    public List<(RowKey Key, long PosFrom, DateTimeOffset OccFrom, long PosTo)> Ends { get; } = [];

    /// <summary>Which events made each key's rows.</summary>
    public List<(RowKey Key, long Position)> Events { get; } = [];

    public bool IsEmpty => Rows.Count == 0 && Ends.Count == 0 && Events.Count == 0;
}

/// <summary>Reads and writes a folded view's tables in bulk, in the schema that the search path names.</summary>
internal sealed class RowTables<TRow>(FoldedView<TRow> view)
    where TRow : class
{
    // Every statement looks rows up by key; without statistics yet, or with old ones, the planner may not see that.
    private const string PlanByKey =
        """
        select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
               set_config('enable_mergejoin', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)
        """;

    private readonly ViewShape<TRow> shape = view.Shape;

    /// <summary>For the rest of the transaction; reading rows does so by itself.</summary>
    public static Task PlanByKeyAsync(NpgsqlConnection connection, CancellationToken cancellation) => connection.RunAsync(PlanByKey, cancellation);

    /// <summary>The current rows of keys, for each from the one that reaches an instant on.</summary>
    public async Task<List<KeyRows<TRow>>> LoadAsync(
        NpgsqlConnection connection, IReadOnlyList<KeyValuePair<RowKey, DateTimeOffset>> wanted, CancellationToken cancellation)
    {
        var loaded = wanted.Select(want => new KeyRows<TRow>(want.Key, want.Value)).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(PlanByKey));
        if (wanted.Count > 0)
        {
            var load = new NpgsqlBatchCommand(shape.OpenRowsSql);
            load.Parameters.Add(Texts("tenants", wanted.Select(want => want.Key.TenantId)));
            load.Parameters.Add(Texts("keys", wanted.Select(want => want.Key.Key)));
            load.Parameters.Add(Array("froms", NpgsqlDbType.TimestampTz, wanted.Select(want => want.Value)));
            batch.BatchCommands.Add(load);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        while (wanted.Count > 0 && await reader.ReadAsync(cancellation))
        {
            var row = view.FromJson(reader.GetString(4));
            var slice = new Slice<TRow>(reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3), row, view.ToJson(row));
            loaded[(int)reader.GetInt64(0) - 1].Load(new(slice, reader.GetInt64(1), stored: true));
        }

        return loaded;
    }

    /// <summary>The positions of the events of each key, in log order.</summary>
    public async Task<List<List<long>>> PositionsAsync(NpgsqlConnection connection, IReadOnlyList<RowKey> keys, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(shape.EventsSql, connection);
        command.Parameters.Add(Texts("tenants", keys.Select(key => key.TenantId)));
        command.Parameters.Add(Texts("keys", keys.Select(key => key.Key)));
        var positions = keys.Select(_ => new List<long>()).ToList();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            positions[(int)reader.GetInt64(0) - 1].Add(reader.GetInt64(1));
        return positions;
    }

    public async Task WriteAsync(NpgsqlConnection connection, RowChanges<TRow> changes, CancellationToken cancellation)
    {
        if (changes.Ends.Count > 0)
            await EndAsync(connection, changes.Ends, cancellation);
        if (changes.Rows.Count > 0)
            await InsertAsync(connection, changes.Rows, cancellation);
        if (shape.EventsTable is not null && changes.Events.Count > 0)
            await InsertEventsAsync(connection, changes.Events, cancellation);
    }

    private async Task EndAsync(
        NpgsqlConnection connection, List<(RowKey Key, long PosFrom, DateTimeOffset OccFrom, long PosTo)> ends, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(shape.CloseSql, connection);
        command.Parameters.Add(Texts("tenants", ends.Select(row => row.Key.TenantId)));
        command.Parameters.Add(Texts("keys", ends.Select(row => row.Key.Key)));
        command.Parameters.Add(Array("pos_froms", NpgsqlDbType.Bigint, ends.Select(row => row.PosFrom)));
        command.Parameters.Add(Array("occ_froms", NpgsqlDbType.TimestampTz, ends.Select(row => row.OccFrom)));
        command.Parameters.Add(Array("pos_tos", NpgsqlDbType.Bigint, ends.Select(row => row.PosTo)));
        var ended = await command.ExecuteNonQueryAsync(cancellation);
        if (ended != ends.Count)
            throw new InvalidOperationException($"View \"{view.Name}\" should have closed {ends.Count} rows and closed {ended}: its table was changed by somebody else. Rebuild it.");
    }

    private async Task InsertAsync(
        NpgsqlConnection connection, List<(RowKey Key, Slice<TRow> Slice, long PosFrom, long PosTo)> rows, CancellationToken cancellation)
    {
        await using var copy = await CopyWriter.BeginAsync(connection, shape.CopySql, shape.Columns.Count + 7, cancellation);
        foreach (var (key, slice, posFrom, posTo) in rows)
        {
            await copy.BeginRowAsync(cancellation);
            copy.Write(key.TenantId);
            copy.Write(key.Key);
            copy.Write(posFrom);
            copy.Write(posTo);
            copy.Write(slice.From);
            copy.Write(slice.To);
            foreach (var column in shape.Columns)
                copy.Write(column.Of(slice.Row));
            copy.WriteJson(slice.Json);
        }

        await copy.CompleteAsync(cancellation);
    }

    private async Task InsertEventsAsync(
        NpgsqlConnection connection, List<(RowKey Key, long Position)> events, CancellationToken cancellation)
    {
        await using var copy = await CopyWriter.BeginAsync(connection, shape.CopyEventsSql, 3, cancellation);
        foreach (var (key, position) in events)
        {
            await copy.BeginRowAsync(cancellation);
            copy.Write(key.TenantId);
            copy.Write(key.Key);
            copy.Write(position);
        }

        await copy.CompleteAsync(cancellation);
    }

    private static NpgsqlParameter Texts(string name, IEnumerable<string> values) => Array(name, NpgsqlDbType.Text, values);

    private static NpgsqlParameter Array<T>(string name, NpgsqlDbType type, IEnumerable<T> values) =>
        new(name, NpgsqlDbType.Array | type) { Value = values.ToArray() };
}
