using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// The one connection that a rebuild writes through. It holds the rebuild's session lock, so whoever loses the lock has lost
/// the means to write, too; every transaction also holds the lease of the background work.
/// </summary>
internal sealed class RebuildSession : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly StoreSql sql;
    private readonly ViewOptions options;
    private readonly IWorkLease lease;
    private readonly string name;
    private readonly SemaphoreSlim gate = new(1, 1);

    private RebuildSession(NpgsqlConnection connection, StoreSql sql, ViewOptions options, IWorkLease lease, string name) =>
        (this.connection, this.sql, this.options, this.lease, this.name) = (connection, sql, options, lease, name);

    /// <summary>Inside <see cref="InOneTransactionAsync"/>: nothing may be left to be written in the background.</summary>
    public bool IsWithin { get; private set; }

    /// <exception cref="RebuildRunningException">Another node or process is rebuilding the view.</exception>
    public static async Task<RebuildSession> OpenAsync(
        NpgsqlDataSource source, StoreSql sql, ViewOptions options, IWorkLease lease, string name, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            await using var take = new NpgsqlCommand(sql["Views.Rebuilding.Statements.try_rebuild_lock"], connection).With("name", name);
            return await take.ExecuteScalarAsync(cancellation) is true
                ? new RebuildSession(connection, sql, options, lease, name)
                : throw new RebuildRunningException(name);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements in a short transaction of their own, or in the one that is open for several.</summary>
    public async Task InTransactionAsync(Func<NpgsqlConnection, Task> work, CancellationToken cancellation)
    {
        if (IsWithin)
        {
            await work(connection);
            return;
        }

        await gate.WaitAsync(cancellation);
        try
        {
            await using var transaction = await BeginAsync(cancellation);
            await work(connection);
            await transaction.CommitAsync(cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Runs several steps in one transaction, which is given up when they answer false.</summary>
    public async Task<bool> InOneTransactionAsync(Func<NpgsqlConnection, Task<bool>> steps, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await using var transaction = await BeginAsync(cancellation);
            IsWithin = true;
            if (!await steps(connection))
                return false;
            await transaction.CommitAsync(cancellation);
            return true;
        }
        finally
        {
            IsWithin = false;
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (connection.State is System.Data.ConnectionState.Open)
            {
                await using var give = new NpgsqlCommand(sql["Views.Rebuilding.Statements.give_up_rebuild_lock"], connection).With("name", name);
                await give.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        finally
        {
            await connection.DisposeAsync();
            gate.Dispose();
        }
    }

    private async Task<NpgsqlTransaction> BeginAsync(CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        await lease.HoldAsync(connection, cancellation);
        await using var aside = new NpgsqlCommand(sql["Views.Rebuilding.Statements.work_aside"], connection)
            .With("schema", options.RebuildSchema);
        await aside.ExecuteNonQueryAsync(cancellation);
        return transaction;
    }
}

/// <summary>A view is rebuilt by one at a time, and somebody is at it.</summary>
public sealed class RebuildRunningException(string view) : Exception($"View \"{view}\" is being rebuilt already.");
