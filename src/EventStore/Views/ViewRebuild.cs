using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Views.Rebuilding;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// Builds views from nothing beside the live ones, which are read and moved meanwhile, and puts them in their place when
/// little is left to fold. A rebuild that was interrupted, however, goes on from what it had kept. One rebuild of a view at a
/// time; with <see cref="VerifyAsync(IView, CancellationToken)"/> nothing takes the place of anything.
/// </summary>
/// <param name="source">The database.</param>
/// <param name="store">The store that is read.</param>
/// <param name="options">Where the views are, and how large the steps.</param>
/// <param name="lease">Held in every transaction.</param>
/// <param name="told">Told of the progress about twice a second, and of each phase.</param>
public sealed class ViewRebuild(
    NpgsqlDataSource source, IEventStore store, ViewOptions? options = null, IWorkLease? lease = null, Action<RebuildProgress>? told = null)
{
    /// <summary>So often the rest of the log is folded before the view is held still for it; writers may be faster for ever.</summary>
    private const int Rounds = 20;

    private readonly ViewOptions options = options ?? new();
    private readonly StoreSql sql = new((options ?? new()).Store);

    /// <summary>Rebuilds an async view up to the end of the log.</summary>
    /// <returns>The position reached.</returns>
    /// <exception cref="RebuildRunningException">It is being rebuilt already.</exception>
    /// <exception cref="ViewFailedException">The view cannot apply an event; the old rows stay.</exception>
    /// <exception cref="NewerViewException">The rows belong to a newer program; they stay.</exception>
    public Task<long> RebuildAsync(IView view, CancellationToken cancellation = default) => RebuildAsync(view, null, cancellation);

    /// <summary>Rebuilds an inline view from every committed event; appends that write to it wait for the swap alone.</summary>
    /// <returns>The number of events replayed.</returns>
    /// <exception cref="RebuildRunningException">It is being rebuilt already.</exception>
    public Task<long> RebuildAsync(IInlineView view, CancellationToken cancellation = default) =>
        new InlineRebuild(source, store, sql, options, Lease, told).RebuildAsync(view, cancellation);

    /// <summary>Builds an async view anew beside the live one and compares their rows at one position; the live one stays as it is.</summary>
    /// <exception cref="RebuildRunningException">It is being rebuilt already.</exception>
    /// <exception cref="ViewFailedException">The view cannot apply an event.</exception>
    public async Task<ViewVerdict> VerifyAsync(IView view, CancellationToken cancellation = default)
    {
        if (!CanVerify(view))
            return ViewVerdict.Refused(view.Name, "It has effects and no rows.");
        await using var session = await OpenAsync(view, cancellation);
        var live = new LiveView(sql, view.Name, view.Version);
        if (await VersionAsync(session, live, cancellation) is var stored && stored != view.Version)
            return ViewVerdict.Refused(view.Name, $"It is stored at version {stored}, and this program's is {view.Version}.");
        while (true)
        {
            await using var shadow = ShadowOf(view, session);
            var run = new RebuildRun(SubjectOf(view), session, shadow, store, sql, options, told);
            var verdict = await run.GuardedAsync(async () =>
            {
                await FoldAsync(run, live, cancellation);
                return await new ViewVerification(source, session, shadow, run, live, options.VerifyPatience).VerifyAsync(view.Name, cancellation);
            });
            if (verdict is not null)
                return verdict;
        }
    }

    /// <returns>Whether the view has rows to compare; a follower that only has effects has none.</returns>
    public static bool CanVerify(IView view) => view is not ISharedTableView { Compared: null };

    /// <summary>Builds an inline view anew beside the live one and compares their rows; the live one stays as it is.</summary>
    /// <exception cref="RebuildRunningException">It is being rebuilt already.</exception>
    public Task<ViewVerdict> VerifyAsync(IInlineView view, CancellationToken cancellation = default) =>
        new InlineRebuild(source, store, sql, options, Lease, told).VerifyAsync(view, cancellation);

    /// <param name="view">The view.</param>
    /// <param name="onlyFrom">
    /// To raise its version: only when it is stored at this one, for another node may have rebuilt it meanwhile. A tenant with a
    /// failing event is then left behind, stopped before the event, unless every other tenant would be, too.
    /// </param>
    /// <param name="cancellation">Ends the rebuild; the old rows stay, and the next one goes on from what was kept.</param>
    internal async Task<long> RebuildAsync(IView view, int? onlyFrom, CancellationToken cancellation)
    {
        await using var session = await OpenAsync(view, cancellation);
        var live = new LiveView(sql, view.Name, view.Version);
        while (true)
        {
            var stored = await VersionAsync(session, live, cancellation);
            if (onlyFrom is null)
                live.MustNotBeNewer(stored);
            else if (stored != onlyFrom)
                return 0;
            await using var shadow = ShadowOf(view, session);
            var run = new RebuildRun(SubjectOf(view), session, shadow, store, sql, options, told) { LeavesTenantsBehind = onlyFrom is not null };
            var result = await run.GuardedAsync(async () =>
            {
                await FoldAsync(run, live, cancellation);
                return await new ViewSwap(live, session, shadow, run).SwapAsync(onlyFrom, cancellation);
            });
            if (result is not SwapResult.OtherSkips)
                return run.Position;
        }
    }

    private IWorkLease Lease => lease ?? NoLease.Instance;

    private IShadow ShadowOf(IView view, RebuildSession session) => view is IShadowed shadowed
        ? shadowed.ShadowIn(session, options, PastEvents.Of(store))
        : new PlainShadow(view, session, options, PastEvents.Of(store));

    private static RebuildSubject SubjectOf(IView view) => new(view.Name, view.Version, view.GetType(), view.TablesSql);

    private async Task<RebuildSession> OpenAsync(IView view, CancellationToken cancellation)
    {
        var session = await RebuildSession.OpenAsync(source, sql, options, Lease, view.Name, cancellation);
        await session.InTransactionAsync(
            async connection =>
            {
                await connection.RunAsync(sql["Views.Statements.lock_tables"], cancellation);
                await new LiveView(sql, view.Name, view.Version).CreateAsync(connection, cancellation);
            },
            cancellation);
        return session;
    }

    private static async Task<int> VersionAsync(RebuildSession session, LiveView live, CancellationToken cancellation)
    {
        var version = 0;
        await session.InTransactionAsync(async connection => version = await live.VersionAsync(connection, cancellation), cancellation);
        return version;
    }

    /// <summary>Everything but the last rest, keys and indexes included.</summary>
    private async Task FoldAsync(RebuildRun run, LiveView live, CancellationToken cancellation)
    {
        await run.BeginAsync(await live.SkipsAsync(source, cancellation), cancellation);
        await run.CatchUpAsync((await store.EndOfLogAsync(cancellation)).Position, cancellation);
        await run.CompleteAsync(cancellation);
        for (var round = 0; round < Rounds; round++)
        {
            var end = (await store.EndOfLogAsync(cancellation)).Position;
            await run.CatchUpAsync(end, cancellation);
            if ((await store.EndOfLogAsync(cancellation)).Position - end <= options.RebuildRest)
                return;
        }
    }
}
