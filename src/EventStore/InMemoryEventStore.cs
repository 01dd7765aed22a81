using System.Runtime.CompilerServices;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.EventStore;

/// <summary>
/// Keeps the same promises as the PostgreSQL store, for tests and trials: events go through the same codec and sealer, and
/// have their log position at once.
/// </summary>
public sealed class InMemoryEventStore : IEventStore, IBulkAppend
{
    private readonly EventCodec codec;
    private readonly TimeProvider clock;
    private readonly Lock gate;
    private readonly SemaphoreSlim loading;
    private readonly InMemoryDataKeyStore keyStore;
    private readonly List<Row> log;
    private readonly Dictionary<(string, Guid), List<Row>> streams;
    private readonly Dictionary<Guid, Row> byId;
    private readonly Dictionary<(string, string, string), StoredAnswer> answers;

    /// <param name="codec">Events to JSON and back.</param>
    /// <param name="clock">Where <see cref="RecordedEvent.RecordedAt"/> and the log's stamps come from.</param>
    /// <param name="wrappingKey">Wraps the data keys of sealed members; null when no event has any.</param>
    public InMemoryEventStore(EventCodec codec, TimeProvider clock, IWrappingKey? wrappingKey = null)
    {
        (this.codec, this.clock) = (codec, clock);
        (gate, loading, keyStore, log, streams, byId, answers) = (new Lock(), new SemaphoreSlim(1), new InMemoryDataKeyStore(), [], [], [], []);
        Sealer = wrappingKey is null ? null : new AesGcmSealer(keyStore, wrappingKey, clock);
    }

    private InMemoryEventStore(InMemoryEventStore same, EventCodec codec)
    {
        (this.codec, clock, Sealer) = (codec, same.clock, same.Sealer);
        (gate, loading, keyStore, log, streams, byId, answers) = (same.gate, same.loading, same.keyStore, same.log, same.streams, same.byId, same.answers);
    }

    /// <summary>The same contents through another codec, as a later version of the program would read them.</summary>
    public InMemoryEventStore Through(EventCodec other) => new(this, other);

    /// <summary>Opens what this store has sealed; null when made without a wrapping key.</summary>
    public AesGcmSealer? Sealer { get; }

    /// <inheritdoc />
    public async Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation)
    {
        AppendRules.Check(append);
        cancellation.ThrowIfCancellationRequested();
        var subjects = AppendRules.SubjectsOf(append);
        while (true)
        {
            var keys = Sealer is null ? null : await Sealer.PrepareAsync(append.TenantId, subjects, cancellation);
            var encoded = append.Streams.SelectMany(stream => stream.Events)
                .ToDictionary(fresh => fresh.EventId, fresh => codec.Encode(append.TenantId, fresh, keys));
            lock (gate)
            {
                if (keys?.Added.Any(added => keyStore.Load(append.TenantId, added.SubjectId) is not null) == true)
                    continue; // Another append made the key first.
                if (Refuse(append) is { } refused)
                    return refused;
                foreach (var added in keys?.Added ?? [])
                    keyStore.Add(append.TenantId, added);
                if (keys is not null)
                    Sealer!.Committed(keys);
                return Write(append, encoded);
            }
        }
    }

    /// <inheritdoc />
    public async Task<BulkResult> AppendManyAsync(
        string tenantId, IAsyncEnumerable<BulkEvents> history, AppendMetadata metadata, CancellationToken cancellation)
    {
        await loading.WaitAsync(cancellation);
        try
        {
            var total = default(BulkResult);
            await foreach (var events in history.WithCancellation(cancellation))
                total = await LoadAsync(total, tenantId, events, metadata, cancellation);
            return total;
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<BulkResult> LoadAsync(
        BulkResult total, string tenantId, BulkEvents events, AppendMetadata metadata, CancellationToken cancellation)
    {
        List<NewEvent> fresh;
        lock (gate)
        {
            fresh = [.. events.Events.DistinctBy(wanted => wanted.EventId).Where(wanted => !byId.TryGetValue(wanted.EventId, out var row)
                || row.StreamId != events.StreamId || row.TenantId != tenantId)];
        }

        total = total with { AlreadyThere = total.AlreadyThere + events.Events.Count - fresh.Count };
        if (fresh.Count == 0)
            return total;
        var stream = new StreamAppend(events.StreamId, events.StreamType, ExpectedVersion.Any, fresh, events.CorrelationId);
        var appended = (AppendResult.Appended)await AppendAsync(new Append(tenantId, [stream], metadata), cancellation);
        return total with { Recorded = total.Recorded + fresh.Count, LastSequence = appended.LastSequence };
    }

    /// <inheritdoc />
    public Task<StreamEvents> ReadStreamAsync(
        string tenantId, Guid streamId, long fromVersion = 1, long? upToPosition = null, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            var rows = Stream(tenantId, streamId).Where(row => row.Position <= (upToPosition ?? long.MaxValue)).ToList();
            var wanted = rows.Where(row => row.Version >= fromVersion).Select(Recorded).ToList();
            var version = wanted.Count > 0 ? wanted[^1].Version : Math.Min(rows.Count, Math.Max(0, fromVersion - 1));
            return Task.FromResult(new StreamEvents(version, wanted));
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<Guid, StreamEvents>> ReadStreamsAsync(
        string tenantId, IReadOnlyCollection<Guid> streamIds, CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyDictionary<Guid, StreamEvents>>(streamIds.Distinct()
                .Where(id => Stream(tenantId, id).Count > 0)
                .ToDictionary(id => id, id => new StreamEvents(Stream(tenantId, id).Count, [.. Stream(tenantId, id).Select(Recorded)])));
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<RecordedEvent> ReadLogAsync(
        long afterPosition,
        string? tenantId = null,
        long? upToPosition = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        List<Row> rows;
        lock (gate)
        {
            rows = [.. log.Skip((int)afterPosition)
                .Where(row => row.Position <= (upToPosition ?? long.MaxValue) && (tenantId is null || row.TenantId == tenantId))];
        }

        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Recorded(row) with { StreamType = null };
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<LogEnd> EndOfLogAsync(CancellationToken cancellation)
    {
        lock (gate)
            return Task.FromResult(log.Count == 0 ? new LogEnd(0, DateTimeOffset.MinValue) : new LogEnd(log.Count, log[^1].StampedAt));
    }

    /// <inheritdoc />
    public Task<long> PositionAtAsync(DateTimeOffset instant, CancellationToken cancellation)
    {
        lock (gate)
            return Task.FromResult(log.LastOrDefault(row => row.StampedAt <= instant)?.Position ?? 0);
    }

    /// <inheritdoc />
    public Task<StoredAnswer?> FindAnswerAsync(string tenantId, string actor, string key, CancellationToken cancellation)
    {
        lock (gate)
            return Task.FromResult(answers.GetValueOrDefault((tenantId, actor, key)));
    }

    private AppendResult? Refuse(Append append)
    {
        var fresh = append.Streams.SelectMany(stream => stream.Events, (stream, wanted) => (stream.StreamId, wanted.EventId)).ToList();
        var known = fresh.Where(wanted => byId.ContainsKey(wanted.EventId)).ToList();
        if (fresh.Count > 0 && known.Count == fresh.Count
            && known.All(wanted => byId[wanted.EventId] is var row && row.StreamId == wanted.StreamId && row.TenantId == append.TenantId))
        {
            return new AppendResult.Appended(
                append.Streams.ToDictionary(
                    stream => stream.StreamId,
                    stream => stream.Events.Count == 0 ? stream.Expected.Version ?? 0 : byId[stream.Events[^1].EventId].Version),
                known.Max(wanted => byId[wanted.EventId].Position));
        }

        if (append.Answer is { } answer && answers.TryGetValue((append.TenantId, answer.Actor, answer.Key), out var first))
            return new AppendResult.AnsweredBefore(first);
        foreach (var stream in append.Streams.OrderBy(stream => stream.StreamId))
        {
            var actual = Stream(append.TenantId, stream.StreamId).Count;
            if (stream.Expected.Version is { } expected && expected != actual)
                return new AppendResult.Conflict(stream.StreamId, expected, actual);
        }

        return known.Count == 0
            ? null
            : throw new InvalidOperationException("An event id of this append names an event stored elsewhere.");
    }

    private AppendResult.Appended Write(Append append, Dictionary<Guid, EncodedEvent> encoded)
    {
        var now = clock.GetUtcNow();
        var stamp = log.Count > 0 && log[^1].StampedAt > now ? log[^1].StampedAt : now;
        var versions = new Dictionary<Guid, long>();
        foreach (var stream in append.Streams.OrderBy(stream => stream.StreamId))
        {
            foreach (var fresh in stream.Events)
            {
                var rows = Stream(append.TenantId, stream.StreamId);
                var row = new Row(
                    append.TenantId, stream.StreamId, stream.StreamType, rows.Count + 1, log.Count + 1, now, stamp,
                    encoded[fresh.EventId],
                    append.Metadata with { CorrelationId = stream.CorrelationId ?? append.Metadata.CorrelationId });
                rows.Add(row);
                log.Add(row);
                byId.Add(fresh.EventId, row);
            }

            versions[stream.StreamId] = Stream(append.TenantId, stream.StreamId).Count;
        }

        if (append.Answer is { } answer)
            answers.Add((append.TenantId, answer.Actor, answer.Key), answer);
        return new AppendResult.Appended(versions, append.Streams.Any(stream => stream.Events.Count > 0) ? log.Count : 0);
    }

    private List<Row> Stream(string tenantId, Guid streamId)
    {
        if (!streams.TryGetValue((tenantId, streamId), out var rows))
            streams[(tenantId, streamId)] = rows = [];
        return rows;
    }

    private RecordedEvent Recorded(Row row) => new(
        row.TenantId,
        row.StreamId,
        row.StreamType,
        row.Version,
        row.Stored.EventId,
        row.Position,
        row.Position,
        row.RecordedAt,
        codec.Decode(row.StreamId, row.Version, row.Stored.EventId, row.Stored.TypeName, row.Stored.Data),
        row.Stored.Headers is { } headers ? codec.DecodeHeaders(row.StreamId, row.Version, row.Stored.TypeName, headers) : null,
        row.Metadata);

    private sealed record Row(
        string TenantId, Guid StreamId, string StreamType, long Version, long Position, DateTimeOffset RecordedAt,
        DateTimeOffset StampedAt, EncodedEvent Stored, AppendMetadata Metadata);
}
