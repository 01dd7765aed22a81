using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// Brings a page's keys into memory in one query and writes their changes in bulk; one keeper per tenant. Between pages it
/// remembers the end of each key's occurred time; what it remembers holds for exactly one position of the tenant's checkpoint
/// and is dropped when the next page does not follow on it (another runner worked, or a transaction was lost).
/// </summary>
internal sealed class RowKeeper<TRow>(FoldedView<TRow> view)
    where TRow : class
{
    // Every statement looks rows up by key; without statistics yet, or with old ones, the planner may not see that.
    private const string PlanByKey =
        """
        select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
               set_config('enable_mergejoin', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)
        """;

    private readonly Dictionary<RowKey, KeyRows<TRow>> known = [];
    private readonly ViewShape<TRow> shape = view.Shape;
    private long knownAt = -1;

    /// <summary>How many keys it remembers.</summary>
    public int Count => known.Count;

    public KeyRows<TRow> Of(RowKey key) => known[key];

    public async Task BeginAsync(LogPage page, IReadOnlyList<Touch> touches, CancellationToken cancellation)
    {
        if (page.After != knownAt)
            known.Clear();
        knownAt = -1;
        var wanted = new Dictionary<RowKey, DateTimeOffset>();
        var refolded = new HashSet<RowKey>();
        foreach (var (key, _, from) in touches)
        {
            var earliest = from ?? DateTimeOffset.MinValue;
            if (!wanted.TryGetValue(key, out var sofar) || earliest < sofar)
                wanted[key] = earliest;
            if (from is null)
                refolded.Add(key);
        }

        var missing = wanted.Where(want => !known.TryGetValue(want.Key, out var rows) || rows.LoadedFrom > want.Value).ToList();
        if (touches.Count > 0)
            await LoadAsync(page.Connection, missing, cancellation);
        if (refolded.Count > 0)
            await LoadPastAsync(page, [.. refolded], cancellation);
    }

    public async Task EndAsync(LogPage page, IReadOnlyList<Touch> touches, CancellationToken cancellation)
    {
        var keys = touches.Select(touch => touch.Key).ToHashSet();
        var changed = keys.Select(key => known[key]).ToList();
        await CloseAsync(page.Connection, changed, cancellation);
        if (changed.Any(rows => rows.Added.Count > 0))
            await InsertAsync(page.Connection, changed, cancellation);
        if (shape.EventsTable is not null && touches.Count > 0)
            await InsertEventsAsync(page.Connection, touches, cancellation);
        foreach (var rows in changed)
            rows.Written();
        if (known.Count > view.CachedKeys)
        {
            foreach (var key in known.Keys.Where(key => !keys.Contains(key)).ToList())
                known.Remove(key);
        }

        knownAt = page.Events[^1].Position!.Value;
    }

    private async Task LoadAsync(
        NpgsqlConnection connection, List<KeyValuePair<RowKey, DateTimeOffset>> missing, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(PlanByKey));
        var load = new NpgsqlBatchCommand(shape.OpenRowsSql);
        load.Parameters.Add(Texts("tenants", missing.Select(want => want.Key.TenantId)));
        load.Parameters.Add(Texts("keys", missing.Select(want => want.Key.Key)));
        load.Parameters.Add(Array("froms", NpgsqlDbType.TimestampTz, missing.Select(want => want.Value)));
        if (missing.Count > 0)
            batch.BatchCommands.Add(load);
        var loaded = missing.Select(want => new KeyRows<TRow>(want.Key, want.Value)).ToList();
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            await reader.NextResultAsync(cancellation);
            while (missing.Count > 0 && await reader.ReadAsync(cancellation))
            {
                var row = view.FromJson(reader.GetString(4));
                var slice = new Slice<TRow>(
                    reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3), row, view.ToJson(row));
                loaded[(int)reader.GetInt64(0) - 1].Load(new(slice, reader.GetInt64(1), stored: true));
            }
        }

        foreach (var rows in loaded)
            known[rows.Key] = rows;
    }

    private async Task LoadPastAsync(LogPage page, List<RowKey> keys, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(shape.EventsSql, page.Connection);
        command.Parameters.Add(Texts("tenants", keys.Select(key => key.TenantId)));
        command.Parameters.Add(Texts("keys", keys.Select(key => key.Key)));
        var positions = keys.ConvertAll(_ => new List<long>());
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                positions[(int)reader.GetInt64(0) - 1].Add(reader.GetInt64(1));
        }

        var events = (await page.Past.AtAsync(positions.SelectMany(list => list).ToHashSet(), cancellation))
            .ToDictionary(recorded => recorded.Position!.Value);
        for (var n = 0; n < keys.Count; n++)
            known[keys[n]].Past = positions[n].ConvertAll(position => events[position]);
    }

    private async Task CloseAsync(NpgsqlConnection connection, List<KeyRows<TRow>> changed, CancellationToken cancellation)
    {
        var closed = changed.SelectMany(rows => rows.Closed.Select(rectangle => (rows.Key, Rectangle: rectangle))).ToList();
        if (closed.Count == 0)
            return;
        await using var command = new NpgsqlCommand(shape.CloseSql, connection);
        command.Parameters.Add(Texts("tenants", closed.Select(row => row.Key.TenantId)));
        command.Parameters.Add(Texts("keys", closed.Select(row => row.Key.Key)));
        command.Parameters.Add(Array("pos_froms", NpgsqlDbType.Bigint, closed.Select(row => row.Rectangle.PosFrom)));
        command.Parameters.Add(Array("occ_froms", NpgsqlDbType.TimestampTz, closed.Select(row => row.Rectangle.Slice.From)));
        command.Parameters.Add(Array("pos_tos", NpgsqlDbType.Bigint, closed.Select(row => row.Rectangle.PosTo)));
        var rowsClosed = await command.ExecuteNonQueryAsync(cancellation);
        if (rowsClosed != closed.Count)
            throw new InvalidOperationException($"View \"{view.Name}\" should have closed {closed.Count} rows and closed {rowsClosed}: its table was changed by somebody else. Rebuild it.");
    }

    private async Task InsertAsync(NpgsqlConnection connection, List<KeyRows<TRow>> changed, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync(shape.CopySql, cancellation);
        foreach (var rows in changed)
        {
            foreach (var rectangle in rows.Added)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(rows.Key.TenantId, NpgsqlDbType.Text, cancellation);
                await copy.WriteAsync(rows.Key.Key, NpgsqlDbType.Text, cancellation);
                await copy.WriteAsync(rectangle.PosFrom, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(rectangle.PosTo, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(rectangle.Slice.From, NpgsqlDbType.TimestampTz, cancellation);
                await copy.WriteAsync(rectangle.Slice.To, NpgsqlDbType.TimestampTz, cancellation);
                foreach (var column in shape.Columns)
                {
                    if (column.Of(rectangle.Slice.Row) is { } value)
                        await copy.WriteAsync(value, column.DbType, cancellation);
                    else
                        await copy.WriteNullAsync(cancellation);
                }

                await copy.WriteAsync(rectangle.Slice.Json, NpgsqlDbType.Jsonb, cancellation);
            }
        }

        await copy.CompleteAsync(cancellation);
    }

    private async Task InsertEventsAsync(NpgsqlConnection connection, IReadOnlyList<Touch> touches, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync(shape.CopyEventsSql, cancellation);
        foreach (var (key, recorded, _) in touches)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(key.TenantId, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(key.Key, NpgsqlDbType.Text, cancellation);
            await copy.WriteAsync(recorded.Position!.Value, NpgsqlDbType.Bigint, cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    private static NpgsqlParameter Texts(string name, IEnumerable<string> values) => Array(name, NpgsqlDbType.Text, values);

    private static NpgsqlParameter Array<T>(string name, NpgsqlDbType type, IEnumerable<T> values) =>
        new(name, NpgsqlDbType.Array | type) { Value = values.ToArray() };
}
