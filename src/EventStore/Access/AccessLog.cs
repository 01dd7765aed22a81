using CaseFlow.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Access;

/// <summary>
/// Records reads in <c>cf_access</c>, those that come at once in one statement and one commit. A read that comes alone is
/// written at once; while <see cref="Lanes"/> commits are under way, those that come wait together for the next. While
/// <see cref="Many"/> more are on their way, there is one lane, and it lets a few come before it commits.
/// </summary>
/// <param name="source">A pool made by <see cref="StoreDataSource"/>.</param>
/// <param name="options">The store's schemas.</param>
public sealed class AccessLog(NpgsqlDataSource source, EventStoreOptions options) : IAccessLog
{
    /// <summary>Commits under way at once: with two, a read that comes during a commit does not wait for its end.</summary>
    public const int Lanes = 2;

    /// <summary>Reads that may wait; one more is refused at once rather than late.</summary>
    public const int MostWaiting = 1_000;

    /// <summary>Reads in one commit.</summary>
    public const int MostTogether = 200;

    /// <summary>So many reads on their way are a load, under which commits are shared rather than begun at once.</summary>
    public const int Many = 8;

    /// <summary>How long a lane lets reads come under load; about a commit's time.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(3);

    /// <summary>How long one commit is tried for, over restarts of the server.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string record = new StoreSql(options)["Access.Statements.record"];
    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private int busy;
    private int expected;
    private long commits;

    /// <summary>Commits made so far.</summary>
    public long Commits => Interlocked.Read(ref commits);

    public IDisposable Expect() => new Expected(this);

    public Task RecordAsync(AccessEntry entry, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var one = new Waiting(entry, cancellation);
        lock (gate)
        {
            if (waiting.Count >= MostWaiting)
                throw new AccessNotRecordedException("Too many reads wait to be recorded.");
            waiting.Enqueue(one);
            if (busy == 0 || (busy < Lanes && !ManyAreComing))
            {
                busy++;
                Start();
            }
        }

        return one.Done.Task.WaitAsync(cancellation);
    }

    /// <summary>Those who wait already were expected, too. Asked under the gate.</summary>
    private bool ManyAreComing => Volatile.Read(ref expected) - waiting.Count >= Many;

    /// <summary>A lane works for whoever waits, so it is part of nobody's trace and outlives the request that opened it.</summary>
    private void Start()
    {
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(WorkAsync);
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            bool gather;
            lock (gate)
                gather = waiting.Count is > 0 and < MostTogether && ManyAreComing;
            if (gather)
                await Task.Delay(Gathering);
            List<Waiting> batch;
            lock (gate)
            {
                batch = Take();
                if (batch.Count == 0)
                {
                    busy--;
                    return;
                }
            }

            await WriteAsync(batch);
        }
    }

    /// <returns>The next to be written, without those who no longer wait.</returns>
    private List<Waiting> Take()
    {
        List<Waiting> batch = [];
        while (batch.Count < MostTogether && waiting.TryDequeue(out var one))
        {
            if (!one.Cancellation.IsCancellationRequested)
                batch.Add(one);
        }

        return batch;
    }

    /// <summary>Tells every member how it went; an error is theirs alone, and the lane goes on.</summary>
    private async Task WriteAsync(IReadOnlyList<Waiting> batch)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await Transient.RepeatAsync(() => InsertAsync(batch, patience.Token), patience.Token);
            Interlocked.Increment(ref commits);
            foreach (var one in batch)
                one.Done.TrySetResult();
        }
        catch (PostgresException error) when (batch.Count > 1 && IsOfOneRow(error))
        {
            foreach (var one in batch)
                await WriteAsync([one]);
        }
        catch (Exception error)
        {
            foreach (var one in batch)
                one.Done.TrySetException(new AccessNotRecordedException("The read could not be recorded.", error));
        }
    }

    /// <summary>A value that the table does not take must not cost the others their answers.</summary>
    private static bool IsOfOneRow(PostgresException error) =>
        error.SqlState.StartsWith("22", StringComparison.Ordinal) || error.SqlState.StartsWith("23", StringComparison.Ordinal);

    private async Task<int> InsertAsync(IReadOnlyList<Waiting> batch, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(record);
        AccessEntry[] entries = [.. batch.Select(one => one.Entry)];
        void Add<T>(string name, NpgsqlDbType type, Func<AccessEntry, T> value) =>
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = Array.ConvertAll(entries, entry => value(entry)) });

        Add("ids", NpgsqlDbType.Uuid, entry => entry.Id);
        Add("tenants", NpgsqlDbType.Text, entry => entry.TenantId);
        Add("actors", NpgsqlDbType.Text, entry => entry.ActorId);
        Add("roles", NpgsqlDbType.Text, entry => entry.Role);
        Add("agencies", NpgsqlDbType.Text, entry => entry.AgencyId);
        Add("offices", NpgsqlDbType.Text, entry => entry.OfficeId);
        Add("purposes", NpgsqlDbType.Text, entry => entry.Purpose);
        Add("operations", NpgsqlDbType.Text, entry => entry.Operation);
        Add("views", NpgsqlDbType.Text, entry => entry.View);
        Add("outcomes", NpgsqlDbType.Text, entry => AccessOutcomes.Text(entry.Outcome));
        Add("asked", NpgsqlDbType.Uuid, entry => entry.AskedId);
        // Rows of different lengths are no array of arrays; each travels as the text of one.
        Add("subjects", NpgsqlDbType.Text, entry => $"{{{string.Join(',', entry.SubjectIds.Distinct())}}}");
        Add("as_ofs", NpgsqlDbType.TimestampTz, entry => entry.AsOf?.ToUniversalTime());
        Add("as_recordeds", NpgsqlDbType.TimestampTz, entry => entry.AsRecorded?.ToUniversalTime());
        Add("positions", NpgsqlDbType.Bigint, entry => entry.Position);
        Add("traces", NpgsqlDbType.Text, entry => entry.TraceId);
        Add("cjis", NpgsqlDbType.Boolean, entry => entry.Cji);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed class Expected : IDisposable
    {
        private AccessLog? log;

        public Expected(AccessLog log)
        {
            this.log = log;
            Interlocked.Increment(ref log.expected);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref log, null) is { } open)
                Interlocked.Decrement(ref open.expected);
        }
    }

    private sealed record Waiting(AccessEntry Entry, CancellationToken Cancellation)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
