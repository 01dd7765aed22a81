using System.Data;
using System.Diagnostics;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// Compares a live view with the one rebuilt beside it. The live view is held still only until both stand at the same event of
/// each tenant and a snapshot of both is taken; the comparison goes on in the snapshot while the live view moves on.
/// </summary>
internal sealed class ViewVerification(NpgsqlDataSource source, RebuildSession session, IShadow shadow, RebuildRun run, LiveView live, TimeSpan patience)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <returns>What came of it; null when it was decided meanwhile to pass over other events, so that the rebuilt view is to be brought to that first.</returns>
    public async Task<ViewVerdict?> VerifyAsync(string view, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var ends = new Dictionary<string, long>();
            await session.InTransactionAsync(async connection => ends = await live.EndsAsync(connection, cancellation), cancellation);
            await run.CatchUpAsync(ends.Values.DefaultIfEmpty().Max(), cancellation);
            await using var snapshot = await source.OpenConnectionAsync(cancellation);
            await using var comparing = await snapshot.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            if (await AlignAsync(ends, snapshot, cancellation) is not var (sameSkips, behind))
                continue;
            if (!sameSkips)
                return null;
            if (behind.Count > 0 && waited.Elapsed < patience)
            {
                await Task.Delay(Between, cancellation);
                continue;
            }

            await run.ShowAsync(RebuildPhase.Comparing, cancellation);
            var tables = new List<TableVerdict>();
            foreach (var rows in behind.Count > 0 ? [] : await shadow.ComparedAsync(snapshot, cancellation))
                tables.Add(await ViewComparison.CompareAsync(snapshot, rows, cancellation));
            await comparing.CommitAsync(cancellation);
            await run.DropAsync(cancellation);
            return new(view, run.Position, tables, behind);
        }
    }

    /// <summary>Holds the live view still, brings the rebuilt one to each of its positions, and begins the snapshot.</summary>
    /// <returns>
    /// Whether both pass over the same events, and the tenants for which the live view is behind the rebuilt one; null when it
    /// could not be held in time.
    /// </returns>
    private async Task<(bool SameSkips, IReadOnlyList<string> Behind)?> AlignAsync(
        Dictionary<string, long> ends, NpgsqlConnection snapshot, CancellationToken cancellation)
    {
        await using var holding = await source.OpenConnectionAsync(cancellation);
        await using var still = await holding.BeginTransactionAsync(cancellation);
        try
        {
            await holding.RunAsync("set local lock_timeout = '2s'; set local idle_in_transaction_session_timeout = 0", cancellation);
            live.MustNotBeNewer(await live.HoldAsync(holding, cancellation));
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return null;
        }

        if (!run.Skips(await live.SkipsAsync(holding, cancellation)))
            return (false, []);
        var stands = await live.CheckpointsAsync(holding, cancellation);
        List<string> behind = [.. ends.Where(end => stands.GetValueOrDefault(end.Key) < end.Value).Select(end => end.Key).Order()];
        if (behind.Count > 0)
            return (true, behind);

        // From here on the tenants stand apart: an interrupted verification must not be gone on with.
        await session.InTransactionAsync(connection => run.Ledger.NeverGoOnAsync(connection, cancellation), cancellation);
        await run.CatchUpAsync(
            stands.Values.DefaultIfEmpty().Max(), cancellation, recorded => recorded.Position <= stands.GetValueOrDefault(recorded.TenantId));
        await snapshot.RunAsync("set local work_mem = '64MB'; set local idle_in_transaction_session_timeout = 0; select txid_current_if_assigned()", cancellation);
        return (true, []);
    }
}
