using System.Diagnostics;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>Errors that pass by themselves: deadlocks, lost connections, a server that restarts or fails over.</summary>
internal static class Transient
{
    /// <summary>Tries per operation; with the pauses between them about three seconds.</summary>
    public const int Attempts = 8;

    /// <summary>No new try is begun after this long, whatever each one took.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether another try is worth its time.</summary>
    /// <param name="error">What ended the last one.</param>
    /// <param name="attempt">Its number, from 1.</param>
    /// <param name="started">Time stamp of the first one.</param>
    public static bool MayRepeat(Exception error, int attempt, long started) =>
        attempt < Attempts && Is(error) && Stopwatch.GetElapsedTime(started) < Patience;

    private static bool Is(Exception error) => error switch
    {
        // The append has waited for its turn long enough; the caller is told so.
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => false,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        PostgresException { SqlState: "25P03" } => true,
        // The server has become a standby; the pool finds the new primary.
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => true,
        PostgresException postgres => postgres.IsTransient,
        // None of several hosts is a primary at the moment.
        NpgsqlException { InnerException: null or AggregateException } => true,
        NpgsqlException npgsql => npgsql.IsTransient,
        IOException => true,
        _ => false,
    };

    /// <summary>A pause that doubles, spread so that those who collided do not meet again.</summary>
    public static Task PauseAsync(int attempt, CancellationToken cancellation)
    {
        var longest = Math.Min(1000, 20 << attempt);
#pragma warning disable CA5394 // Nothing here is secret.
        return Task.Delay(Random.Shared.Next(longest / 2, longest), cancellation);
#pragma warning restore CA5394
    }

    /// <summary>Repeats a read until it succeeds, fails for good or the tries are used up.</summary>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> read, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read();
            }
            catch (Exception error) when (MayRepeat(error, attempt, started))
            {
                await PauseAsync(attempt, cancellation);
            }
        }
    }
}
