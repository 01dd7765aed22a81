using Npgsql;

namespace CaseFlow.EventStore.Background;

/// <summary>
/// The right to do the database's background work: placing positions, moving views, running processes. One node holds it at a
/// time. A transaction that holds it makes every successor wait until it has ended, so that work begun under one lease is
/// never done beside work under the next.
/// </summary>
public interface IWorkLease
{
    /// <summary>Holds the lease for the connection's current transaction; part of no transaction, it is only a check.</summary>
    /// <exception cref="LeaseLostException">Another node has taken over: nothing of this transaction may be kept.</exception>
    Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>The same as a part of a batch, for work that is one round trip.</summary>
    /// <remarks>Lost, the batch fails with an error that <see cref="LeaseLostException.Is"/> knows.</remarks>
    void HoldIn(NpgsqlBatch batch);
}

/// <summary>Another node does the background work now; this one stands by again.</summary>
public sealed class LeaseLostException() : Exception("Another node holds the lease of the background work.")
{
    private const string SqlState = "CF423";

    /// <summary>Whether the database says so.</summary>
    public static bool Is(PostgresException error) => error.SqlState == SqlState;
}

/// <summary>Work that needs no lease: the command line and tests, whose correctness rests on the locks of what they move.</summary>
public sealed class NoLease : IWorkLease
{
    /// <summary>The one.</summary>
    public static NoLease Instance { get; } = new();

    /// <inheritdoc/>
    public Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public void HoldIn(NpgsqlBatch batch)
    {
    }
}
