using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>Errors that pass by themselves: deadlocks, lost connections, a server that restarts or fails over.</summary>
internal static class Transient
{
    /// <summary>Tries per operation; with the pauses between them about three seconds.</summary>
    public const int Attempts = 8;

    public static bool Is(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        PostgresException { SqlState: "25P03" } => true,
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
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read();
            }
            catch (Exception error) when (attempt < Attempts && Is(error))
            {
                await PauseAsync(attempt, cancellation);
            }
        }
    }
}
