using System.Diagnostics;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sequencing;

/// <summary>
/// Gives every committed event its dense log position and its stamp as it becomes visible: none skipped, none twice, stamps
/// never going back. Nothing waits at a number that is still missing; when it appears it gets the next position. Within a
/// stream positions follow the versions, and what was answered before another append began has the lower position; shared
/// with Marten, where numbers are drawn early, only if its gap was seen less than a minute before.
/// </summary>
/// <remarks>Correct however many run at once: each placing holds the stamp lock. The lease only keeps them from working in vain.</remarks>
public sealed class Sequencer
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(5);

    private readonly NpgsqlDataSource source;
    private readonly EventStoreOptions options;
    private readonly LogSignal appended;
    private readonly StoreSql sql;

    /// <param name="source">A pool made by <see cref="StoreDataSource"/>.</param>
    /// <param name="options">The store's schemas.</param>
    /// <param name="appended">What appends of this process pulse (<see cref="PostgresEventStore.Appended"/>).</param>
    public Sequencer(NpgsqlDataSource source, EventStoreOptions options, LogSignal appended)
    {
        (this.source, this.options, this.appended) = (source, options, appended);
        sql = new StoreSql(options);
    }

    /// <summary>Pulses after positions were given by this process: the views have something to do.</summary>
    public LogSignal Moved { get; } = new();

    /// <summary>Places everything committed by now; for tests and the command line, lease or not.</summary>
    /// <returns>How many events were placed by this call.</returns>
    public async Task<long> PlaceNewAsync(CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return (await PlaceVisibleAsync(new Session(this, connection, NoLease.Instance), cancellation)).Placed;
    }

    /// <summary>Places events as they come, for as long as the lease is held.</summary>
    /// <returns>Never; it ends by cancellation, by the loss of the lease or of the connection.</returns>
    public async Task RunAsync(IWorkLease lease, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var session = new Session(this, connection, lease);
        var look = ShortestLook;
        while (true)
        {
            var next = appended.Next;
            var (placed, mayGiveUp) = await PlaceVisibleAsync(session, cancellation);
            look = placed > 0 || !mayGiveUp ? ShortestLook : TimeSpan.FromTicks(Math.Min(look.Ticks * 2, Poll.Ticks));
            if (placed == 0)
                await LogSignal.WaitAsync(next, mayGiveUp ? look : Poll, cancellation);
        }
    }

    /// <returns>How many, and whether there are gaps that a later look may give up.</returns>
    private async Task<(long Placed, bool MayGiveUp)> PlaceVisibleAsync(Session session, CancellationToken cancellation)
    {
        var (total, settledBelow) = (0L, 0L);
        var young = session.YoungGaps();
        while (true)
        {
            var placing = await session.Place.RunAsync(session.Connection, session.Lease, settledBelow, young, cancellation);
            session.IsShared = placing.IsShared;
            total += placing.Placed;
            if (placing.Placed > 0)
                Moved.Pulse();
            if (placing.IsFull)
                continue;
            if (placing.Gaps == 0 || placing.IsShared)
                return (total, false);
            settledBelow = await session.Fence.SettledBelowAsync(placing.Seen, cancellation);
            if (settledBelow == 0)
                return (total, true);
        }
    }

    /// <summary>What holds for one connection only: see <see cref="LockFence"/>.</summary>
    private sealed class Session(Sequencer owner, NpgsqlConnection connection, IWorkLease lease)
    {
        private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);
        private static readonly TimeSpan EveryGap = TimeSpan.FromSeconds(30);
        private long lookedAtAll;

        public NpgsqlConnection Connection => connection;

        public IWorkLease Lease => lease;

        public LockFence Fence { get; } = new(connection, owner.options, owner.sql);

        public PlaceStatement Place { get; } = new(owner.options, owner.sql);

        /// <summary>As the last placing found it declared.</summary>
        public bool IsShared { get; set; }

        /// <summary>Gaps that can never be given up are looked into at every turn while young, and all of them now and then.</summary>
        /// <returns>How long ago they may have been seen; null for all.</returns>
        public TimeSpan? YoungGaps()
        {
            if (IsShared && lookedAtAll != 0 && Stopwatch.GetElapsedTime(lookedAtAll) < EveryGap)
                return Young;
            lookedAtAll = Stopwatch.GetTimestamp();
            return null;
        }
    }
}
