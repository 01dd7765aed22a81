using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>Tries a swap again while somebody reads for long: they finish, whoever came after them goes first, and the rest is folded again.</summary>
internal static class SwapRetry
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <param name="shadow">Drops from memory what the given-up transaction had folded.</param>
    /// <param name="run">Goes back to the position that was kept.</param>
    /// <param name="swap">One transaction that takes the live rows' place.</param>
    /// <param name="beforeNext">What is done before another try, outside any lock.</param>
    /// <param name="cancellation">Ends the attempts.</param>
    public static async Task<T> UntilFreeAsync<T>(
        IShadow shadow, RebuildRun run, Func<Task<T>> swap, Func<Task> beforeNext, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await swap();
            }
            catch (PostgresException refused) when (IsHeldUp(refused))
            {
                shadow.Forget();
                run.GiveBack();
                await Task.Delay(Between, cancellation);
                await beforeNext();
            }
        }
    }

    /// <returns>Whether a lock was not to be had in time, or only crosswise.</returns>
    public static bool IsHeldUp(PostgresException refused) =>
        refused.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;
}
