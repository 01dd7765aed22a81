using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// Builds views from nothing, in one transaction each. Async views are built in tables aside that take the old ones' place
/// at the end, so that readers see the old rows until then; inline views are emptied and refilled in place, and appends that
/// would write to them wait meanwhile.
/// </summary>
public sealed class ViewRebuild(NpgsqlDataSource source, IEventStore store, ViewOptions? options = null)
{
    private readonly ViewOptions options = options ?? new();
    private readonly ViewSql sql = new(options ?? new());

    /// <summary>Rebuilds an async view up to the end of the log.</summary>
    /// <returns>The position reached.</returns>
    public Task<long> RebuildAsync(IView view, CancellationToken cancellation = default) => RebuildAsync(view, null, cancellation);

    /// <summary>Rebuilds an inline view from every committed event.</summary>
    /// <returns>The number of events replayed.</returns>
    public async Task<long> RebuildAsync(IInlineView view, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.RunAsync(sql.WorkInViews, cancellation);
        await connection.RunAsync("truncate " + string.Join(", ", view.Tables), cancellation);
        var (replayed, position) = (0L, 0L);
        await foreach (var page in PagesAsync(long.MaxValue, cancellation))
        {
            await ReplayAsync(connection, view, page, cancellation);
            (replayed, position) = (replayed + page.Count, page[^1].Position!.Value);
        }

        var tail = await TailAsync(connection, position, cancellation);
        await ReplayAsync(connection, view, tail, cancellation);
        await transaction.CommitAsync(cancellation);
        return replayed + tail.Count;
    }

    /// <param name="view">The view.</param>
    /// <param name="onlyFrom">Only when it is stored at this version: another node may have rebuilt it meanwhile.</param>
    /// <param name="cancellation">Ends the rebuild; the old rows stay.</param>
    internal async Task<long> RebuildAsync(IView view, int? onlyFrom, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await PrepareAsync(connection, view, cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (version, position) = await AwaitCheckpointAsync(connection, view, cancellation);
        if (onlyFrom is { } expected && expected != version)
            return position;
        await EmptyAsync(connection, view, cancellation);
        position = 0;
        var end = (await store.EndOfLogAsync(cancellation)).Position;
        var past = PastEvents.Of(store);
        await foreach (var page in PagesAsync(end, cancellation))
        {
            await view.ApplyAsync(new(connection, page, past), cancellation);
            position = page[^1].Position!.Value;
        }

        foreach (var table in view is ISharedTableView ? [] : view.Tables)
            await connection.RunAsync(sql.Swap(table), cancellation);
        await using (var move = new NpgsqlCommand(sql.ReplaceCheckpoint, connection)
            .With("name", view.Name).With("version", view.Version).With("to", position))
        {
            await move.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        foreach (var table in view is ISharedTableView ? [] : view.Tables)
            await connection.RunAsync("analyze " + sql.InViews(table), cancellation);
        return position;
    }

    private async Task PrepareAsync(NpgsqlConnection connection, IView view, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.RunAsync(ViewSql.LockTables, cancellation);
        await connection.RunAsync(sql.CreateSchemas, cancellation);
        await using var create = new NpgsqlCommand(sql.CreateCheckpoint, connection).With("name", view.Name).With("version", view.Version);
        await create.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<(int Version, long Position)> AwaitCheckpointAsync(
        NpgsqlConnection connection, IView view, CancellationToken cancellation)
    {
        await using var take = new NpgsqlCommand(sql.AwaitCheckpoint, connection).With("name", view.Name);
        await using var reader = await take.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt32(0), reader.GetInt64(1));
    }

    private async Task EmptyAsync(NpgsqlConnection connection, IView view, CancellationToken cancellation)
    {
        if (view is ISharedTableView shared)
        {
            await connection.RunAsync(sql.WorkInViews, cancellation);
            await connection.RunAsync(view.TablesSql, cancellation);
            await shared.EmptyAsync(connection, cancellation);
            return;
        }

        await connection.RunAsync(sql.WorkAside, cancellation);
        foreach (var table in view.Tables)
            await connection.RunAsync($"drop table if exists {sql.Aside(table)} cascade", cancellation);
        await connection.RunAsync(view.TablesSql, cancellation);
        foreach (var table in view.Tables)
        {
            await using var find = new NpgsqlCommand("select to_regclass(@table) is not null", connection).With("table", sql.Aside(table));
            if (await find.ExecuteScalarAsync(cancellation) is not true)
                throw new InvalidOperationException($"View \"{view.Name}\" must name its table {table} without a schema to be rebuilt.");
        }
    }

    private async IAsyncEnumerable<List<RecordedEvent>> PagesAsync(
        long end, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var page = new List<RecordedEvent>();
        await foreach (var recorded in store.ReadLogAsync(0, null, end, cancellation))
        {
            page.Add(recorded);
            if (page.Count < options.RebuildPageSize)
                continue;
            yield return page;
            page = [];
        }

        if (page.Count > 0)
            yield return page;
    }

    /// <summary>Committed events that the log has not placed yet: their inline rows exist and must not be lost.</summary>
    private async Task<List<RecordedEvent>> TailAsync(NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        var places = new List<(string Tenant, Guid Stream, long Version)>();
        await using (var command = new NpgsqlCommand(sql.TailOfEvents, connection).With("position", position))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                places.Add((reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2)));
        }

        var tail = new List<RecordedEvent>(places.Count);
        foreach (var (tenant, stream, version) in places)
            tail.Add((await store.ReadStreamAsync(tenant, stream, version, null, cancellation)).Events[0]);
        return tail;
    }

    private static async Task ReplayAsync(
        NpgsqlConnection connection, IInlineView view, List<RecordedEvent> events, CancellationToken cancellation)
    {
        foreach (var chunk in events.Chunk(500))
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var recorded in chunk)
            {
                foreach (var row in view.RowsFor(new(recorded.TenantId, recorded.StreamId, recorded.Version, recorded.EventId, recorded.Data)))
                    batch.BatchCommands.Add(row);
            }

            if (batch.BatchCommands.Count > 0)
                await batch.ExecuteNonQueryAsync(cancellation);
        }
    }
}
