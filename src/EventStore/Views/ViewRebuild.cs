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
        if (await AwaitVersionAsync(connection, view, cancellation) is var version && onlyFrom is { } expected && expected != version)
            return 0;
        await EmptyAsync(connection, view, cancellation);
        var reached = await FillAsync(connection, view, cancellation);
        foreach (var table in view is ISharedTableView ? [] : view.Tables)
            await connection.RunAsync(sql.Swap(table), cancellation);
        await connection.RunAsync(
            cancellation,
            sql.Command("replace_version", ("name", view.Name), ("version", view.Version)),
            sql.Command(
                "replace_checkpoints", ("name", view.Name), ("tenants", reached.Keys.ToArray()), ("positions", reached.Values.ToArray())),
            sql.Command("forget_failures", ("name", view.Name)));
        await transaction.CommitAsync(cancellation);
        foreach (var table in view is ISharedTableView ? [] : view.Tables)
            await connection.RunAsync("analyze " + sql.InViews(table), cancellation);
        return reached.Values.DefaultIfEmpty().Max();
    }

    /// <summary>Applies every tenant's log to its end, but for what the view at this version passes over.</summary>
    /// <returns>Where each tenant's checkpoint is to stand.</returns>
    private async Task<Dictionary<string, long>> FillAsync(NpgsqlConnection connection, IView view, CancellationToken cancellation)
    {
        var past = PastEvents.Of(store);
        var log = new TenantLog(source, store, sql, options.RebuildPageSize);
        var skips = await PositionsAsync(source.CreateCommand(sql["skips_of_view"]).With("name", view.Name).With("version", view.Version), cancellation);
        var reached = new Dictionary<string, long>();
        foreach (var (tenantId, end) in await PositionsAsync(source.CreateCommand(sql["log_ends"]), cancellation))
        {
            var passed = new Queue<long>(skips.Where(skip => skip.TenantId == tenantId).Select(skip => skip.Position));
            var (after, size) = (0L, options.RebuildPageSize);
            while (after < end)
            {
                var last = Math.Min(end, passed.TryPeek(out var skip) ? skip - 1 : end);
                await connection.RunAsync("savepoint page", cancellation);
                try
                {
                    var page = await log.ExactlyAsync(tenantId, after, last, size, cancellation);
                    if (page.Count > 0)
                        await view.ApplyAsync(new(connection, tenantId, after, page, past), cancellation);
                    after = page.Count > 0 ? page[^1].Position!.Value : passed.Count > 0 ? passed.Dequeue() : end;
                }
                catch (Exception failure) when (failure is not OperationCanceledException && !ViewMover.PassesByItself(failure))
                {
                    if (size == 1)
                        throw new ViewFailedException(view.Name, tenantId, view.Version, after, events: 1, failure);
                    // Halved until the failing event is alone, so that it can be named.
                    await connection.RunAsync("rollback to savepoint page", cancellation);
                    size /= 2;
                }
            }

            reached[tenantId] = after;
        }

        return reached;
    }

    private static async Task<List<(string TenantId, long Position)>> PositionsAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            var positions = new List<(string, long)>();
            while (await row.ReadAsync(cancellation))
                positions.Add((row.GetString(0), row.GetInt64(1)));
            return positions;
        }
    }

    private async Task PrepareAsync(NpgsqlConnection connection, IView view, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.RunAsync(ViewSql.LockTables, cancellation);
        await connection.RunAsync(sql.CreateSchemas, cancellation);
        await using var create = new NpgsqlCommand(sql["create_view"], connection).With("name", view.Name).With("version", view.Version);
        await create.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Waits for the pages under way; no page of the view is applied until this transaction ends.</summary>
    private async Task<int> AwaitVersionAsync(NpgsqlConnection connection, IView view, CancellationToken cancellation)
    {
        await using var wait = new NpgsqlCommand(sql["await_view"], connection).With("name", view.Name);
        await wait.ExecuteNonQueryAsync(cancellation);
        await using var find = new NpgsqlCommand(sql["version_of_view"], connection).With("name", view.Name);
        return (int)(await find.ExecuteScalarAsync(cancellation))!;
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
