using System.Data;
using System.Diagnostics;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// Rebuilds inline views. Their rows are written by the appends themselves, so they also have those of events that are
/// committed and not placed in the log yet: these are replayed after the log, while appends that write such rows are kept out.
/// </summary>
internal sealed class InlineRebuild(
    NpgsqlDataSource source, IEventStore store, StoreSql sql, ViewOptions options, IWorkLease lease, Action<RebuildProgress>? told)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private static readonly IReadOnlySet<long> NoSkips = new HashSet<long>();

    public async Task<long> RebuildAsync(IInlineView view, CancellationToken cancellation)
    {
        await using var session = await OpenAsync(view, cancellation);
        await using var shadow = new InlineShadow(view, sql, session, options);
        var run = RunOf(view, session, shadow);
        return await run.GuardedAsync(async () =>
        {
            await FoldAsync(run, cancellation);
            await shadow.DropReplacedAsync(cancellation);
            await run.SyncAsync(cancellation);
            return await SwapRetry.UntilFreeAsync(
                shadow,
                run,
                async () =>
                {
                    var more = 0L;
                    await session.InOneTransactionAsync(
                        async connection =>
                        {
                            await connection.RunAsync("set local lock_timeout = '100ms'; set local synchronous_commit = on", cancellation);
                            await shadow.LockLiveAsync(connection, cancellation);
                            more = await FoldRestAsync(run, session, shadow, connection, cancellation);
                            await shadow.TakePlaceAsync(connection, cancellation);
                            await run.Ledger.EndAsync(connection, cancellation);
                            return true;
                        },
                        cancellation);
                    await shadow.DropReplacedAsync(cancellation);
                    return run.Position + more;
                },
                async () => await run.CatchUpAsync((await store.EndOfLogAsync(cancellation)).Position, cancellation),
                cancellation);
        });
    }

    public async Task<ViewVerdict> VerifyAsync(IInlineView view, CancellationToken cancellation)
    {
        await using var session = await OpenAsync(view, cancellation);
        await using var shadow = new InlineShadow(view, sql, session, options);
        var run = RunOf(view, session, shadow);
        return await run.GuardedAsync(async () =>
        {
            await FoldAsync(run, cancellation);
            await using var snapshot = await source.OpenConnectionAsync(cancellation);
            await using var comparing = await snapshot.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            var waited = Stopwatch.StartNew();
            var aligned = false;
            while (!aligned && waited.Elapsed < options.VerifyPatience)
            {
                aligned = await AlignAsync(run, session, shadow, snapshot, cancellation);
                await Task.Delay(aligned ? TimeSpan.Zero : Between, cancellation);
            }

            var tables = new List<TableVerdict>();
            if (aligned)
            {
                await run.ShowAsync(RebuildPhase.Comparing, cancellation);
                foreach (var rows in await shadow.ComparedAsync(snapshot, cancellation))
                    tables.Add(await ViewComparison.CompareAsync(snapshot, rows, cancellation));
            }

            await comparing.CommitAsync(cancellation);
            await run.DropAsync(cancellation);
            return aligned
                ? new ViewVerdict(view.Name, run.Position, tables, [])
                : ViewVerdict.Refused(view.Name, "It could not be held still: somebody writes to it for long.");
        });
    }

    private RebuildRun RunOf(IInlineView view, RebuildSession session, InlineShadow shadow) =>
        new(new RebuildSubject(view.Name, 1, view.GetType(), view.TablesSql), session, shadow, store, sql, options, told);

    private async Task<RebuildSession> OpenAsync(IInlineView view, CancellationToken cancellation)
    {
        var session = await RebuildSession.OpenAsync(source, sql, options, lease, view.Name, cancellation);
        await session.InTransactionAsync(
            connection => connection.RunAsync(sql["Views.Statements.lock_tables"], cancellation),
            cancellation);
        return session;
    }

    private async Task FoldAsync(RebuildRun run, CancellationToken cancellation)
    {
        await run.BeginAsync(NoSkips, cancellation);
        await run.CatchUpAsync((await store.EndOfLogAsync(cancellation)).Position, cancellation);
        await run.CompleteAsync(cancellation);
        await run.CatchUpAsync((await store.EndOfLogAsync(cancellation)).Position, cancellation);
    }

    /// <summary>
    /// What is committed and not placed is looked up first: whatever is placed meanwhile is then found in the log, and nothing
    /// is missed between the two.
    /// </summary>
    /// <returns>How many events were replayed that are not in the log.</returns>
    private async Task<long> FoldRestAsync(
        RebuildRun run, RebuildSession session, InlineShadow shadow, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var places = new List<(string Tenant, Guid Stream, long Version)>();
        await using (var command = new NpgsqlCommand(sql["Views.Rebuilding.Statements.unplaced_events"], connection) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                places.Add((reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2)));
        }

        var end = (await store.EndOfLogAsync(cancellation)).Position;
        await run.CatchUpAsync(end, cancellation);
        var tail = new List<RecordedEvent>();
        foreach (var (tenant, stream, version) in places)
        {
            var recorded = (await store.ReadStreamAsync(tenant, stream, version, null, cancellation)).Events[0];
            if (recorded.Position is not { } position || position > end)
                tail.Add(recorded);
        }

        await shadow.FoldAsync(tail, cancellation);
        await session.InTransactionAsync(writing => shadow.KeepAsync(writing, cancellation), cancellation);
        return tail.Count;
    }

    /// <summary>Keeps writers out until the rebuilt rows are those of every committed event and a snapshot of both is taken.</summary>
    private async Task<bool> AlignAsync(
        RebuildRun run, RebuildSession session, InlineShadow shadow, NpgsqlConnection snapshot, CancellationToken cancellation)
    {
        await using var holding = await source.OpenConnectionAsync(cancellation);
        await using var still = await holding.BeginTransactionAsync(cancellation);
        try
        {
            await holding.RunAsync("set local lock_timeout = '1s'; set local idle_in_transaction_session_timeout = 0", cancellation);
            await shadow.ShareLiveAsync(holding, cancellation);
        }
        catch (PostgresException refused) when (SwapRetry.IsHeldUp(refused))
        {
            return false;
        }

        // From here on the rebuilt rows hold more than the log up to a position: never to be gone on with.
        await session.InTransactionAsync(connection => run.Ledger.NeverGoOnAsync(connection, cancellation), cancellation);
        await FoldRestAsync(run, session, shadow, holding, cancellation);
        await snapshot.RunAsync("set local work_mem = '64MB'; set local idle_in_transaction_session_timeout = 0; select txid_current_if_assigned()", cancellation);
        return true;
    }
}
