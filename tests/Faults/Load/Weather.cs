using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace CaseFlow.Faults.Load;

/// <summary>Which errors the faults made here explain, and which nothing explains.</summary>
internal static class Weather
{
    /// <summary>Whether the database was away, full or shutting down, or the answer was lost on its way.</summary>
    public static bool IsFault(Exception error) => error switch
    {
        PostgresException { SqlState: var state } => state[..2] is "57" or "53" or "08" or "40" or "58" || state is "55P03" or "25P03" or "25006",
        DbException => true,
        HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
