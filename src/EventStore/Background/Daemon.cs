using System.Collections.Concurrent;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using Npgsql;

namespace CaseFlow.EventStore.Background;

/// <summary>
/// Does the database's background work on one node at a time. The node that gets the lease raises the epoch, which waits for
/// every transaction of the one before, and works; the others stand by, pass on that they have appended, and take over
/// within five seconds of the holder's end, however it ended.
/// </summary>
public sealed class Daemon
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan NotifyAtMostEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterError = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource sessions;
    private readonly EventStoreOptions options;
    private readonly LogSignal appended;
    private readonly StoreSql sql;
    private readonly ConcurrentDictionary<string, DaemonFailure> failures = new(StringComparer.Ordinal);
    private readonly string node;
    private readonly TimeProvider clock;

    /// <param name="sessions">Made by <see cref="StoreDataSource.ForLease"/>.</param>
    /// <param name="options">The store's schemas.</param>
    /// <param name="appended">What appends of this process pulse, and the daemon too when another node has appended.</param>
    /// <param name="node">How this node is shown; null for machine and process.</param>
    /// <param name="clock">Dates the failures on show.</param>
    public Daemon(NpgsqlDataSource sessions, EventStoreOptions options, LogSignal appended, string? node = null, TimeProvider? clock = null)
    {
        (this.sessions, this.options, this.appended) = (sessions, options, appended);
        this.node = node ?? $"{Environment.MachineName}/{Environment.ProcessId}";
        this.clock = clock ?? TimeProvider.System;
        sql = new StoreSql(options);
    }

    /// <summary>True while this node works.</summary>
    public bool IsLeader { get; private set; }

    /// <summary>Raised with the work's name (<c>lease</c> for the daemon's own) and what ended it; it goes on by itself.</summary>
    public event Action<string, Exception>? Failed;

    /// <summary>Stands by and works, by turns.</summary>
    /// <returns>When cancelled, after all work has ended; nothing else ends it.</returns>
    public async Task RunAsync(IReadOnlyList<DaemonWork> work, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var session = await LeaseSession.OpenAsync(sessions, options, sql, cancellation);
                await StandByAsync(session, cancellation);
                await LeadAsync(session, work, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Keep("lease", error);
                await Task.Delay(AfterError, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Who works, as the database knows it; any node may be asked.</summary>
    public async Task<DaemonStatus> StatusAsync(CancellationToken cancellation)
    {
        await using var command = sessions.CreateCommand(sql["Background.Statements.lease_status"]);
        command.Parameters.AddWithValue("class", (long)AdvisoryLocks.LeaseClass);
        command.Parameters.AddWithValue("key", (long)options.LockKey);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new DaemonStatus(
            reader.GetInt64(0),
            await reader.IsDBNullAsync(1, cancellation) ? null : reader.GetString(1),
            await reader.IsDBNullAsync(2, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(2),
            reader.GetBoolean(3),
            IsLeader,
            [.. failures.Values.OrderBy(failure => failure.Work, StringComparer.Ordinal)]);
    }

    /// <summary>Waits for the lease; meanwhile tells its holder of this node's appends.</summary>
    private async Task StandByAsync(LeaseSession session, CancellationToken cancellation)
    {
        var next = appended.Next;
        while (!await session.TryTakeAsync(cancellation))
        {
            await LogSignal.WaitAsync(next, TryEvery, cancellation);
            if (!next.IsCompleted)
                continue;
            next = appended.Next;
            await session.NotifyAsync(cancellation);
            await Task.Delay(NotifyAtMostEvery, cancellation);
        }
    }

    private async Task LeadAsync(LeaseSession session, IReadOnlyList<DaemonWork> work, CancellationToken cancellation)
    {
        var epoch = await session.RaiseEpochAsync(node, cancellation);
        var lease = new EpochLease(options, sql, epoch);
        using var reign = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new List<Task>();
        try
        {
            await session.KeepAsync(epoch, BeatEvery, Begin, appended.Pulse, reign.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A work has found the lease lost before the session did.
        }
        finally
        {
            IsLeader = false;
            await reign.CancelAsync();
            await Task.WhenAll(running);
        }

        // The work begins only after the session listens: no append falls between the first look and the first notification.
        void Begin()
        {
            IsLeader = true;
            failures.TryRemove("lease", out _);
            running.AddRange(work.Select(task => Task.Run(() => KeepGoingAsync(task, lease, reign), CancellationToken.None)));
        }
    }

    private async Task KeepGoingAsync(DaemonWork work, IWorkLease lease, CancellationTokenSource reign)
    {
        while (!reign.IsCancellationRequested)
        {
            try
            {
                await work.RunAsync(lease, reign.Token);
            }
            catch (OperationCanceledException) when (reign.IsCancellationRequested)
            {
                return;
            }
            catch (LeaseLostException)
            {
                await reign.CancelAsync();
                return;
            }
            catch (Exception error)
            {
                Keep(work.Name, error);
            }

            await Task.Delay(AfterError, reign.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Keep(string work, Exception error)
    {
        failures[work] = new DaemonFailure(work, $"{error.GetType().Name}: {error.Message}", clock.GetUtcNow());
        Failed?.Invoke(work, error);
    }
}
