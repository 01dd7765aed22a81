using System.Net.Sockets;
using Npgsql;

namespace CaseFlow.Faults.Load;

/// <summary>Which errors the faults made here explain, and which nothing explains.</summary>
internal static class Weather
{
    /// <summary>
    /// Whether the database was away, full or shutting down, or the answer was lost on its way. A deadlock, a transaction
    /// that another made impossible, a pool without connections and a cancellation that nobody asked for are none of that:
    /// they would be the store's own.
    /// </summary>
    public static bool IsFault(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,
        PostgresException { SqlState: var state } => state[..2] is "57" or "53" or "08" or "58" || state is "55P03" or "25P03" or "25006",
        NpgsqlException => !error.Message.Contains("pool has been exhausted", StringComparison.Ordinal),
        HttpRequestException or IOException or SocketException or TimeoutException => true,
        // A door that did not answer in time.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
