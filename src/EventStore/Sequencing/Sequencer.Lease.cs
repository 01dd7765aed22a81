using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sequencing;

public sealed partial class Sequencer
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan NotifyAtMostEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterError = TimeSpan.FromMilliseconds(500);

    /// <summary>True while this process holds the lease and places positions.</summary>
    public bool IsLeader { get; private set; }

    /// <summary>Raised with every error that <see cref="RunAsync"/> survived; it tries again after a pause.</summary>
    public event Action<Exception>? Stumbled;

    /// <summary>
    /// Places events as they come while it holds the lease, and stands by otherwise. The lease is a lock of the very
    /// session that places: when the session is lost, so is the lease, and nothing can be placed without it.
    /// </summary>
    /// <returns>When cancelled; nothing else ends it.</returns>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                try
                {
                    await StandByAsync(connection, cancellation);
                    await LeadAsync(connection, cancellation);
                }
                finally
                {
                    IsLeader = false;
                    await GiveUpLeaseAsync(connection);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                Stumbled?.Invoke(error);
                await Task.Delay(AfterError, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Waits for the lease; meanwhile passes on to its holder that this process has appended.</summary>
    private async Task StandByAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var next = appended.Next;
        while (!await TryLeaseAsync(connection, cancellation))
        {
            await LogSignal.WaitAsync(next, Poll, cancellation);
            if (!next.IsCompleted)
                continue;
            next = appended.Next;
            await NotifyAsync(connection, cancellation);
            await Task.Delay(NotifyAtMostEvery, cancellation);
        }
    }

    private async Task LeadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        IsLeader = true;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var listening = ListenAsync(ended.Token);
        try
        {
            while (!listening.IsFaulted)
            {
                var next = appended.Next;
                if (await PlaceNewAsync(connection, cancellation) == 0)
                    await LogSignal.WaitAsync(next, Poll, cancellation);
            }
        }
        finally
        {
            await ended.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await listening;
    }

    /// <summary>Hears of other processes' appends, on a connection of its own.</summary>
    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        connection.Notification += (_, _) => appended.Pulse();
        await using (var listen = new NpgsqlCommand($"listen {options.Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        try
        {
            while (true)
                await connection.WaitAsync(cancellation);
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await using var unlisten = new NpgsqlCommand("unlisten *", connection);
                await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }

    private async Task<bool> TryLeaseAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql["Sequencing.Statements.try_lease"], connection);
        command.Parameters.AddWithValue("class", AdvisoryLocks.LeaseClass);
        command.Parameters.AddWithValue("key", options.LockKey);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private async Task NotifyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql["Sequencing.Statements.notify"], connection);
        command.Parameters.AddWithValue("channel", options.Channel);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The connection goes back to the pool without its locks.</summary>
    private async Task GiveUpLeaseAsync(NpgsqlConnection connection)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            return;
        try
        {
            await using var command = new NpgsqlCommand(sql["Sequencing.Statements.give_up_lease"], connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException lost)
        {
            Stumbled?.Invoke(lost); // A lost session holds no lock.
        }
    }
}
