using System.Diagnostics;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// Lets few transactions write at once, and appends that come meanwhile share the next one. An append that finds nobody
/// writing goes straight; nobody waits for company. A stream is in one transaction at a time, a transaction is of one tenant,
/// and a waiting append that is cancelled leaves without a trace; one that is being written always learns its outcome.
/// </summary>
/// <param name="write">Writes plain appends in one transaction and gives each its outcome, in order; throws when none is known.</param>
internal sealed class AppendQueue(Func<IReadOnlyList<EncodedAppend>, Task<SharedOutcome[]>> write)
{
    /// <summary>
    /// One transaction at a time is cheapest, also where a commit waits long: each has the most appends. So many waiting
    /// events are work for one more of the server's processors.
    /// </summary>
    private const int EventsForOneMore = 64;
    private const int MostWriters = 4;

    /// <summary>Appends of one transaction, and their events: beyond this a transaction gets longer and not cheaper.</summary>
    private const int MostAppends = 64;
    public const int MostEvents = 80;

    /// <summary>What may wait; whoever comes then goes its own way, and waits for a connection.</summary>
    private const int MostWaiting = 1024;

    /// <summary>Bytes of JSON that an append may have to be let in, so that what waits is bounded: 32 MB.</summary>
    public const int MostBytes = 32 * 1024;

    private readonly Lock gate = new();
    private readonly LinkedList<Waiting> waiting = new();
    private readonly HashSet<(string Tenant, Guid Stream)> busy = [];
    private int writers;
    private int starting;
    private int waitingEvents;
    private readonly ReturningCompany company = new();

    /// <summary>Writes a plain append, alone or with others.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before it was begun: nothing was written.</exception>
    public Task<SharedOutcome> WriteAsync(EncodedAppend append, CancellationToken cancellation)
    {
        if (IsFirst(append))
            return WriteAtOnceAsync(append);
        var queued = new Waiting(this, append);
        if (cancellation.CanBeCanceled)
            queued.Registration = cancellation.UnsafeRegister(static (state, token) => ((Waiting)state!).Leave(token), queued);
        lock (gate)
        {
            if (waiting.Count >= MostWaiting)
            {
                queued.Registration.Unregister();
                return Task.FromResult(SharedOutcome.NotTaken);
            }

            queued.Node = waiting.AddLast(queued);
            waitingEvents += append.Events[0].Length;
            StartWriters();
        }

        if (cancellation.IsCancellationRequested)
            queued.Leave(cancellation);
        return queued.Outcome.Task;
    }

    private bool IsFirst(EncodedAppend append)
    {
        lock (gate)
        {
            if (writers > 0 || waiting.Count > 0)
                return false;
            if (!busy.Add(PlaceOf(append)))
                return false;
            writers++;
            return true;
        }
    }

    private async Task<SharedOutcome> WriteAtOnceAsync(EncodedAppend append)
    {
        try
        {
            return (await write([append]))[0];
        }
        finally
        {
            lock (gate)
            {
                writers--;
                busy.Remove(PlaceOf(append));
                StartWriters();
            }
        }
    }

    /// <summary>A writer takes its first appends when it runs, not when it is called: those who come together go together.</summary>
    private void StartWriters()
    {
        var wanted = Math.Min(MostWriters, 1 + (waitingEvents / EventsForOneMore));
        if (writers >= wanted || waitingEvents <= starting * EventsForOneMore)
            return;
        writers++;
        starting++;
        _ = Task.Run(WriteAsync);
    }

    private async Task WriteAsync()
    {
        IReadOnlyList<EncodedAppend> written = [];
        while (true)
        {
            List<Waiting> batch;
            lock (gate)
            {
                foreach (var append in written)
                    busy.Remove(PlaceOf(append));
                if (written.Count == 0)
                    starting--;
                batch = Take();
                if (batch.Count == 0)
                {
                    writers--;
                    return;
                }

                StartWriters();
            }

            var began = Stopwatch.GetTimestamp();
            written = await WriteTogetherAsync(batch);
            company.Await(written.Count, Stopwatch.GetElapsedTime(began), () => waiting.Count);
        }
    }

    /// <summary>The next transaction: the first that waits whose stream is free, and whoever may come along.</summary>
    private List<Waiting> Take()
    {
        var batch = new List<Waiting>();
        var events = 0;
        string? tenant = null;
        HashSet<Guid>? followed = null;
        for (var node = waiting.First; node is not null && batch.Count < MostAppends;)
        {
            var (candidate, next) = (node.Value, node.Next);
            var append = candidate.Append;
            tenant ??= busy.Contains(PlaceOf(append)) ? null : append.Append.TenantId;
            var fits = batch.Count == 0 || events + append.Events[0].Length <= MostEvents;
            if (fits && append.Append.TenantId == tenant && Joins(append, ref followed))
            {
                waiting.Remove(node);
                waitingEvents -= append.Events[0].Length;
                candidate.Node = null;
                candidate.Registration.Unregister();
                batch.Add(candidate);
                events += append.Events[0].Length;
            }

            node = next;
        }

        return batch;
    }

    /// <summary>Whether an append's stream is free, or held by this very transaction for appends that all follow each other.</summary>
    private bool Joins(EncodedAppend append, ref HashSet<Guid>? followed)
    {
        var follows = append.Stream.Expected.Version is null;
        if (!busy.Add(PlaceOf(append)))
            return follows && followed?.Contains(append.Stream.StreamId) == true;
        if (follows)
            (followed ??= []).Add(append.Stream.StreamId);
        return true;
    }

    private async Task<IReadOnlyList<EncodedAppend>> WriteTogetherAsync(List<Waiting> batch)
    {
        var appends = batch.ConvertAll(queued => queued.Append);
        try
        {
            var outcomes = await write(appends);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Outcome.SetResult(outcomes[i]);
        }
        catch (PostgresException error) when (batch.Count > 1 && IsOfOneAppend(error))
        {
            // One of them: this writer finds out whose fault it is, so that nobody else suffers and no connections are taken for it.
            foreach (var queued in batch)
                await WriteTogetherAsync([queued]);
        }
        catch (Exception error)
        {
            // The connection, the server or a stream that somebody holds: each finds out by itself what came of it.
            foreach (var queued in batch)
            {
                if (batch.Count == 1)
                    queued.Outcome.SetException(error);
                else
                    queued.Outcome.SetResult(SharedOutcome.NotTaken);
            }
        }

        return appends;
    }

    /// <summary>Not the server's state, nor a lock, for which the others would wait again and again.</summary>
    private static bool IsOfOneAppend(PostgresException error) => error.SqlState[..2] is not ("08" or "53" or "55" or "57" or "58");

    private static (string, Guid) PlaceOf(EncodedAppend append) => (append.Append.TenantId, append.Stream.StreamId);

    private sealed class Waiting(AppendQueue queue, EncodedAppend append)
    {
        public EncodedAppend Append => append;

        public TaskCompletionSource<SharedOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Its place while it waits; null before, and once it is being written.</summary>
        public LinkedListNode<Waiting>? Node { get; set; }

        public CancellationTokenRegistration Registration { get; set; }

        public void Leave(CancellationToken cancellation)
        {
            lock (queue.gate)
            {
                if (Node is null)
                    return;
                queue.waiting.Remove(Node);
                queue.waitingEvents -= append.Events[0].Length;
                Node = null;
            }

            Outcome.TrySetCanceled(cancellation);
        }
    }
}
