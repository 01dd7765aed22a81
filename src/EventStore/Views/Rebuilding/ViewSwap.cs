namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// Puts a rebuilt view in the place of the live one, in one transaction: holds the live view still, folds the last rest, swaps
/// rows and positions. Readers wait for the swap alone, and never behind one who reads long: the lock is asked for briefly,
/// and otherwise everything is given up and tried again.
/// </summary>
/// <remarks>
/// The order of locks is that of everybody: first the view (runners hold it shared), then its tables. Readers lock tables only.
/// </remarks>
internal sealed class ViewSwap(LiveView live, RebuildSession session, IShadow shadow, RebuildRun run)
{
    private const string LocksBriefly = "set local lock_timeout = '100ms'";
    private const string WaitsForPages = "set local lock_timeout = '2s'; set local synchronous_commit = on";

    /// <param name="onlyFrom">Only when the view is stored at this version.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    public async Task<SwapResult> SwapAsync(int? onlyFrom, CancellationToken cancellation)
    {
        await shadow.DropReplacedAsync(cancellation);
        await run.SyncAsync(cancellation);
        while (true)
        {
            try
            {
                var result = await SwapRetry.UntilFreeAsync(
                    shadow, run, () => TrySwapAsync(onlyFrom, cancellation), () => Task.CompletedTask, cancellation);
                await shadow.DropReplacedAsync(cancellation);
                return result;
            }
            catch (Exception failure) when (RebuildRun.IsAnEvents(failure))
            {
                if (!await run.LeaveBehindAsync(failure, cancellation))
                    throw;
            }
        }
    }

    private async Task<SwapResult> TrySwapAsync(int? onlyFrom, CancellationToken cancellation)
    {
        var result = SwapResult.Swapped;
        await session.InOneTransactionAsync(
            async connection =>
            {
                await connection.RunAsync(WaitsForPages, cancellation);
                var version = await live.HoldAsync(connection, cancellation);
                if (onlyFrom is null)
                    live.MustNotBeNewer(version);
                result = version != (onlyFrom ?? version) ? SwapResult.OtherVersion
                    : run.Skips(await live.SkipsAsync(connection, cancellation)) ? SwapResult.Swapped
                    : SwapResult.OtherSkips;
                if (result is not SwapResult.Swapped)
                    return false;
                var ends = await live.EndsAsync(connection, cancellation);
                await run.CatchUpAsync(ends.Values.DefaultIfEmpty().Max(), cancellation);
                await run.Behind.StandAsync(connection, ends, cancellation);
                await connection.RunAsync(LocksBriefly, cancellation);
                await shadow.LockLiveAsync(connection, cancellation);
                await shadow.TakePlaceAsync(connection, cancellation);
                await live.ReplaceAsync(connection, ends, cancellation);
                await run.Behind.KeepAsync(connection, ends, cancellation);
                await run.Ledger.EndAsync(connection, cancellation);
                return true;
            },
            cancellation);
        return result;
    }
}

/// <summary>What came of taking a live view's place.</summary>
internal enum SwapResult
{
    Swapped,

    /// <summary>The live view is stored at another version than expected: somebody else has built it.</summary>
    OtherVersion,

    /// <summary>Other events were decided to be passed over than this rebuild passes over.</summary>
    OtherSkips,
}
