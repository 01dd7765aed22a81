using System.Data;
using System.Diagnostics;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>One page of a view, sorted by one of its orders.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="Order">An order of the view.</param>
/// <param name="EqualTo">A value for each of the order's fixed columns, by column name.</param>
/// <param name="At">The moment asked about; ignored when a cursor is given, which has its own.</param>
public sealed record ViewPageQuestion(string TenantId, ViewOrder Order, IReadOnlyDictionary<string, object> EqualTo, ViewInstant At = default)
{
    /// <summary>Rows wanted, at least 1.</summary>
    public int Size { get; init; } = 50;

    /// <summary>Every sort column and the key downwards instead of upwards.</summary>
    public bool Descending { get; init; }

    /// <summary>Where the page before ended.</summary>
    public ViewCursor? After { get; init; }

    /// <summary>Whose changes the answer's position follows; null: the position that the view has come to for the tenant.</summary>
    public ViewScope? Scope { get; init; }

    /// <summary>A further condition over the view's columns, for example the asker's rights.</summary>
    public string? Where { get; init; }

    /// <summary>The condition finds few rows by an index of its own, which are then sorted.</summary>
    public bool MaySort { get; init; }

    /// <summary>Adds the parameters of <see cref="Where"/>.</summary>
    public Action<NpgsqlParameterCollection>? WhereParameters { get; init; }
}

/// <param name="Rows">The rows, each with its key.</param>
/// <param name="At">The moment they are from, with the position used.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record ViewPage<TRow>(IReadOnlyList<(string Key, TRow Row)> Rows, ViewInstant At, ViewCursor? Next);

/// <summary>
/// Reads folded views at a moment. The position answered from and the rows come from one snapshot, taken after the table is
/// locked against being swapped by a rebuild.
/// </summary>
public sealed partial class ViewReader(NpgsqlDataSource source, ViewPositions positions, ViewOptions? options = null)
{
    private readonly ViewOptions options = options ?? new();
    private readonly ViewSql sql = new(options ?? new());

    /// <summary>How long a reader waits for a view to come to the position asked for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Waits for a write by its token, as long as a reader waits.</summary>
    /// <exception cref="ViewBehindException">The view does not show the tenant's write in time.</exception>
    public async Task AwaitAsync(string viewName, string tenantId, long sequence, CancellationToken cancellation = default)
    {
        if (!await positions.WaitForSequenceAsync(viewName, tenantId, sequence, Patience, cancellation))
            throw new ViewBehindException(viewName, await positions.StandingAsync(viewName, tenantId, long.MaxValue, cancellation));
    }

    /// <summary>Waits for a position, for what is left of a reader's time after it has waited for something else.</summary>
    /// <exception cref="ViewBehindException">The view does not come to the position in time.</exception>
    public async Task AwaitPositionAsync(
        string viewName, string tenantId, long position, TimeSpan waitedBefore, CancellationToken cancellation = default)
    {
        if (!await positions.WaitForAsync(viewName, tenantId, position, Patience - waitedBefore, cancellation))
            throw new ViewBehindException(viewName, await positions.StandingAsync(viewName, tenantId, position, cancellation));
    }

    /// <summary>Waits until an event has its position in the log, as long as a reader waits.</summary>
    /// <exception cref="ViewBehindException">It has none in time.</exception>
    public async Task AwaitPlaceAsync(long sequence, CancellationToken cancellation = default)
    {
        if (!await positions.WaitForPlaceAsync(sequence, Patience, cancellation))
            throw new ViewBehindException("log", default);
    }

    /// <summary>Runs queries over a tenant's rows at one moment.</summary>
    /// <param name="view">The view.</param>
    /// <param name="tenantId">The jurisdiction; the position is that of its last event, whatever others recorded.</param>
    /// <param name="at">The moment asked about.</param>
    /// <param name="scope">Makes the position that of the scope's last change, from which its rows are the same.</param>
    /// <param name="read">
    /// Gets a connection in a read-only snapshot, the table's full name, and the predicate of the moment. It is called again when the
    /// database was lost on the way, so it keeps nothing.
    /// </param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public Task<T> ReadAsync<TRow, T>(
        FoldedView<TRow> view,
        string tenantId,
        ViewInstant at,
        ViewScope? scope,
        Func<NpgsqlConnection, string, AsOf, Task<T>> read,
        CancellationToken cancellation = default)
        where TRow : class
    {
        var asked = AskedView.Of(view);
        return PatientlyAsync(tenantId, at, [asked], () => ReadOnceAsync(view, asked, tenantId, at, scope, read, cancellation), cancellation);
    }

    /// <summary>Reads, and reads once more after a wait. Most ask for a position that the views have long had: they do not pay for a wait.</summary>
    private async Task<T> PatientlyAsync<T>(
        string tenantId, ViewInstant at, List<AskedView> views, Func<Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            return await Transient.RepeatAsync(read, cancellation);
        }
        catch (ViewBehindException behind) when (at.Position is not null && !behind.IsOfAnotherVersion)
        {
            var waited = Stopwatch.StartNew();
            foreach (var view in views)
                await positions.WaitForAsync(view.Name, tenantId, at.Position.Value, Patience - waited.Elapsed, cancellation);
            return await Transient.RepeatAsync(read, cancellation);
        }
    }

    private async Task<T> ReadOnceAsync<TRow, T>(
        FoldedView<TRow> view,
        AskedView asked,
        string tenantId,
        ViewInstant at,
        ViewScope? scope,
        Func<NpgsqlConnection, string, AsOf, Task<T>> read,
        CancellationToken cancellation)
        where TRow : class
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var table = sql.InViews(asked.Table);
        // Where the position is known, the scope's last change is asked for in the same round trip.
        NpgsqlBatchCommand[] scoped = at.Position is { } wanted && scope is not null ? [scope.LastChange(view.Shape, table, wanted)] : [];
        var (standings, last) = await StandingsAsync(connection, [asked], tenantId, at.Position ?? 0, scoped, cancellation);
        var standing = standings[0];
        var position = at.Position ?? standing.Position;
        // What the tenant recorded up to the position is all there; nothing of it lies between the two.
        if (scope is null)
            return await read(connection, table, new(position, at.Instant, position >= standing.Position));
        var (changed, changedLater) = last.Count == 1 ? last[0] : await LastChangeAsync(connection, scope.LastChange(view.Shape, table, position), cancellation);
        return await read(connection, table, new(changed, at.Instant, !changedLater));
    }

    private static async Task<(long Position, bool ChangedLater)> LastChangeAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand asked, CancellationToken cancellation)
    {
        await using var batch = connection.BatchOf([asked]);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        return await ViewScope.ReadLastChangeAsync(row, cancellation);
    }

    /// <summary>The position of a scope's last change at or before a moment: what an answer about the scope shows as its own.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public Task<long> LastChangeAsync<TRow>(FoldedView<TRow> view, ViewInstant at, ViewScope scope, CancellationToken cancellation = default)
        where TRow : class => ReadAsync(view, scope.TenantId, at, scope, (_, _, asOf) => Task.FromResult(asOf.Position), cancellation);

    /// <summary>The positions of the events that made one key's row, up to a position, in log order.</summary>
    public async Task<IReadOnlyList<long>> EventsOfAsync<TRow>(
        HistoryView<TRow> view, string tenantId, string key, long upToPosition, CancellationToken cancellation = default)
        where TRow : class
    {
        await using var question = new TenantQuestion(source, tenantId, $"""
            select position from {sql.InViews(view.Shape.EventsTable!)}
            where tenant_id = @tenant and key = @key and position <= @position order by position
            """);
        question.Parameters.AddWithValue("key", key);
        question.Parameters.AddWithValue("position", upToPosition);
        var positionsFound = new List<long>();
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            positionsFound.Add(reader.GetInt64(0));
        return positionsFound;
    }

    /// <summary>One row, or null when the key has none at that moment.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public Task<(TRow? Row, ViewInstant At)> FindAsync<TRow>(
        FoldedView<TRow> view, string tenantId, string key, ViewInstant at, CancellationToken cancellation = default)
        where TRow : class => FindAsync(view, tenantId, key, at, null, cancellation);

    /// <summary>The same within a scope.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public async Task<(TRow? Row, ViewInstant At)> FindAsync<TRow>(
        FoldedView<TRow> view, string tenantId, string key, ViewInstant at, ViewScope? scope, CancellationToken cancellation = default)
        where TRow : class => await ReadAsync(view, tenantId, at, scope, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(asOf.RowOfKeySql(table, "row::text", "@key"), connection);
            asOf.AddTo(command.With("tenant", tenantId).With("key", key).Parameters);
            var row = await command.ExecuteScalarAsync(cancellation) is string json ? view.FromJson(json) : null;
            return (row, new ViewInstant(asOf.Position, asOf.Instant));
        }, cancellation);

    /// <summary>How the rows of some keys came to what they are at a moment; a key that never had a row is left out.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public async Task<IReadOnlyDictionary<string, RowHistory<TRow>>> HistoriesAsync<TRow>(
        FoldedView<TRow> view, string tenantId, IReadOnlyCollection<string> keys, ViewInstant at, CancellationToken cancellation = default)
        where TRow : class => await ReadAsync(view, tenantId, at, null, async (connection, table, asOf) =>
        {
            var occurred = asOf.Instant is null ? "occ_to = 'infinity'" : "occ_from <= @instant and occ_to > @instant";
            await using var command = new NpgsqlCommand(
                $"""
                select key, pos_from, pos_to, row::text from {table}
                where tenant_id = @tenant and key = any(@keys) and pos_from <= @position and {occurred} order by key, pos_from
                """,
                connection);
            command.With("tenant", tenantId).With("keys", keys.ToArray()).With("position", asOf.Position);
            if (asOf.Instant is { } instant)
                command.With("instant", Instants.Stored(instant));
            var rows = new List<(string Key, long From, long To, TRow Row)>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                rows.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), view.FromJson(reader.GetString(3))));
            return rows.GroupBy(row => row.Key, StringComparer.Ordinal).ToDictionary(
                key => key.Key,
                key => new RowHistory<TRow>([.. key.Select(row => (row.From, row.To, row.Row))], asOf.Position),
                StringComparer.Ordinal);
        }, cancellation);

    /// <summary>A page by an index; following pages answer from the first one's position while writes go on.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public async Task<ViewPage<TRow>> PageAsync<TRow>(
        FoldedView<TRow> view, ViewPageQuestion question, CancellationToken cancellation = default)
        where TRow : class => await ReadAsync(view, question.TenantId, question.After?.At ?? question.At, question.Scope, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(ViewPageSql.PlanFor(question) + ViewPageSql.Of(view.Shape, table, question, asOf), connection);
            ViewPageSql.AddParameters(command.Parameters, view.Shape, question, asOf);
            var rows = new List<(string Key, TRow Row)>();
            var sortValues = new string[question.Order.SortBy.Count];
            var more = false;
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                more = rows.Count == question.Size;
                if (more)
                    break;
                rows.Add((reader.GetString(0), view.FromJson(reader.GetString(1))));
                for (var n = 0; n < sortValues.Length; n++)
                    sortValues[n] = reader.GetString(n + 2);
            }

            var at = new ViewInstant(asOf.Position, asOf.Instant);
            return new ViewPage<TRow>(rows, at, more ? new(at, sortValues, rows[^1].Key) : null);
        }, cancellation);

    /// <summary>How PostgreSQL answers a page: the plan, with what it read.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public async Task<string> ExplainAsync<TRow>(
        FoldedView<TRow> view, ViewPageQuestion question, CancellationToken cancellation = default)
        where TRow : class => await ReadAsync(view, question.TenantId, question.After?.At ?? question.At, null, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(
                ViewPageSql.PlanFor(question) + "explain (analyze, buffers, costs off) " + ViewPageSql.Of(view.Shape, table, question, asOf), connection);
            ViewPageSql.AddParameters(command.Parameters, view.Shape, question, asOf);
            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                lines.Add(reader.GetString(0));
            return string.Join('\n', lines);
        }, cancellation);

    /// <summary>
    /// The tables are locked before the snapshot is taken, so that both are of the same side of a rebuild's swap. The transaction is
    /// the tenant's from here on.
    /// </summary>
    /// <returns>Where the views stand, and what was asked of scopes.</returns>
    private async Task<(IReadOnlyList<ViewStanding> Standings, IReadOnlyList<(long Position, bool ChangedLater)> LastChanges)> StandingsAsync(
        NpgsqlConnection connection, List<AskedView> views, string tenantId, long asked, NpgsqlBatchCommand[] scoped, CancellationToken cancellation,
        bool plannedOnce = false)
    {
        NpgsqlBatchCommand[] standing =
        [
            new($"lock table {string.Join(", ", views.Select(view => sql.InViews(view.Table)))} in access share mode"),
            TenantQuestion.Setting(tenantId, plannedOnce),
            sql.Command("views_reached", ("names", views.Select(view => view.Name).ToArray()), ("tenant", tenantId), ("asked", asked)),
        ];
        await using var batch = connection.BatchOf([.. standing, .. scoped]);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.NextResultAsync(cancellation);
        var standings = new List<ViewStanding>(views.Count);
        foreach (var view in views)
        {
            var standsAt = await ViewStanding.ReadAsync(row, cancellation);
            if (!(standsAt.Version >= view.ReadableSince && standsAt.Version <= view.Version))
                throw new ViewBehindException(view.Name, standsAt.Version, view.Version);
            standings.Add(standsAt.Reached ? standsAt : throw new ViewBehindException(view.Name, standsAt));
        }

        var changes = new List<(long Position, bool ChangedLater)>(scoped.Length);
        for (var n = 0; n < scoped.Length; n++)
        {
            await row.NextResultAsync(cancellation);
            changes.Add(await ViewScope.ReadLastChangeAsync(row, cancellation));
        }

        return (standings, changes);
    }
}
