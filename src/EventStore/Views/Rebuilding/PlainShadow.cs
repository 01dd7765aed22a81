using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// A view of any kind being rebuilt the way it is moved, page by page, each page kept at once: through its own tables aside,
/// or, where it shares a table with others, through rows of its own beside.
/// </summary>
internal sealed class PlainShadow(IView view, RebuildSession session, ViewOptions options, IPastEvents past)
    : ShadowOfTables(new(view.Name, view is ISharedTableView ? [] : view.Tables, options, session)), IShadow
{
    private readonly ISharedTableView? shared = view as ISharedTableView;
    private readonly IView filled = view is ISharedTableView sharing ? sharing.Aside : view;
    private readonly StoreSql sql = new(options.Store);
    private readonly Dictionary<string, long> applied = [];
    private IReadOnlyList<RecordedEvent> waiting = [];

    public bool IsFull => true;

    public async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (shared is null)
        {
            await Tables.CreateAsync(connection, view.TablesSql, cancellation);
            return;
        }

        await connection.RunAsync(shared.TablesSql, cancellation);
        await ((ISharedTableView)filled).EmptyAsync(connection, cancellation);
    }

    public Task TakeBackAsync(NpgsqlConnection connection, long position, CancellationToken cancellation) => Task.CompletedTask;

    public Task FoldAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation)
    {
        waiting = page;
        return Task.CompletedTask;
    }

    public async Task KeepAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var pages = waiting.GroupBy(recorded => recorded.TenantId);
        waiting = [];
        foreach (var tenant in pages)
        {
            foreach (var page in tenant.Chunk(view.MostAtOnce))
                await ApplyAsync(connection, tenant.Key, page, cancellation);
        }
    }

    public Task CompleteAsync(CancellationToken cancellation) => Tables.CompleteAsync([], cancellation);

    public void Forget() => applied.Clear();

    public override Task TakePlaceAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        shared?.TakePlaceAsync(connection, cancellation) ?? Tables.TakePlaceAsync(connection, cancellation);

    public override Task DropReplacedAsync(CancellationToken cancellation) => shared is null ? Tables.DropReplacedAsync(cancellation) : Task.CompletedTask;

    public override Task DropAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        (filled as ISharedTableView)?.EmptyAsync(connection, cancellation) ?? Tables.DropAsync(connection, cancellation);

    public override async Task<IReadOnlyList<ComparedRows>> ComparedAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        shared is null ? await Tables.ComparedAsync(connection, cancellation) : shared.Compared is { } rows ? [rows] : [];

    /// <summary>A page that fails is tried event by event, so that the failing one is known; nothing of it is kept.</summary>
    private async Task ApplyAsync(NpgsqlConnection connection, string tenant, RecordedEvent[] page, CancellationToken cancellation)
    {
        await using var after = new NpgsqlCommand(sql["Views.Rebuilding.Statements.last_before"], connection).With("tenant", tenant).With("position", page[0].Position!.Value);
        if (!applied.TryGetValue(tenant, out var from))
            from = (long)(await after.ExecuteScalarAsync(cancellation))!;
        applied.Remove(tenant);
        await connection.RunAsync("savepoint page", cancellation);
        try
        {
            await filled.ApplyAsync(new(connection, tenant, from, page, past), cancellation);
        }
        catch (Exception failure) when (page.Length > 1 && failure is not OperationCanceledException && connection.FullState is System.Data.ConnectionState.Open)
        {
            await connection.RunAsync("rollback to savepoint page", cancellation);
            foreach (var recorded in page)
                await ApplyAsync(connection, tenant, [recorded], cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && connection.FullState is System.Data.ConnectionState.Open)
        {
            throw ViewFailedException.At(view.Name, view.Version, page[0], failure);
        }

        applied[tenant] = page[^1].Position!.Value;
    }
}
