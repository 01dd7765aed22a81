using System.Diagnostics;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Background;

/// <summary>
/// The session that stands for this node. The lease is a lock of the session: the server gives it to another node when the
/// session ends, and ends it itself when the node gives no sign of life (<see cref="StoreDataSource.ForLease"/>).
/// </summary>
internal sealed class LeaseSession(NpgsqlConnection connection, EventStoreOptions options, StoreSql sql) : IAsyncDisposable
{
    /// <summary>A command waits this long for the last transactions of the previous holder; then the attempt begins anew.</summary>
    private const int SecondsToTakeOver = 10;

    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(2);

    public static async Task<LeaseSession> OpenAsync(
        NpgsqlDataSource sessions, EventStoreOptions options, StoreSql sql, CancellationToken cancellation) =>
        new(await sessions.OpenConnectionAsync(cancellation), options, sql);

    /// <returns>Whether the lease is this session's now.</returns>
    public async Task<bool> TryTakeAsync(CancellationToken cancellation)
    {
        await using var command = Statement("try_lease").With("class", AdvisoryLocks.LeaseClass).With("key", options.LockKey).ToCommand(connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Begins a new epoch, after the last transaction that held the one before.</summary>
    /// <returns>The epoch.</returns>
    public async Task<long> RaiseEpochAsync(string holder, CancellationToken cancellation)
    {
        // Two statements: the second one's snapshot is younger than the lock. Cancelled or failed, the epoch stays what it was.
        await using var batch = new NpgsqlBatch(connection) { Timeout = SecondsToTakeOver };
        batch.BatchCommands.Add(sql.Text("Postgres.Statements.take_lock").Bind().With("class", AdvisoryLocks.EpochClass).With("key", options.LockKey).ToBatchCommand());
        batch.BatchCommands.Add(Statement("raise_epoch").With("holder", holder).ToBatchCommand());
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var epoch = reader.GetInt64(0);
        await reader.NextResultAsync(cancellation);
        return epoch;
    }

    /// <summary>Tells the holder that this node has appended. Never part of an append: there it would serialise all commits.</summary>
    public async Task NotifyAsync(CancellationToken cancellation)
    {
        await using var command = Statement("notify").With("channel", options.Channel).ToCommand(connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Follows the session while it holds the lease: calls on each notification, gives a sign of life in between.</summary>
    /// <returns>When the epoch is another node's; it ends by cancellation or by the loss of the session otherwise.</returns>
    public async Task KeepAsync(long epoch, TimeSpan every, Action started, Action notified, CancellationToken cancellation)
    {
        connection.Notification += (_, _) => notified();
        await using (var listen = new NpgsqlCommand($"listen {options.Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        started();
        var since = Stopwatch.StartNew();
        while (true)
        {
            var left = every - since.Elapsed;
            if (left > AMoment && await connection.WaitAsync(left, cancellation))
                continue;
            await using var beat = Statement("current_epoch").ToCommand(connection);
            if (await beat.ExecuteScalarAsync(cancellation) is not long current || current != epoch)
                return;
            since.Restart();
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private StatementText.Binding Statement(string name) => sql.Text($"Background.Statements.{name}").Bind();
}
