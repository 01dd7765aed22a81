using System.Runtime.CompilerServices;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

public sealed partial class PostgresEventStore
{
    private const int PageSize = 2000;

    /// <inheritdoc />
    public Task<StreamEvents> ReadStreamAsync(
        string tenantId, Guid streamId, long fromVersion = 1, long? upToPosition = null, CancellationToken cancellation = default)
    {
        return Transient.RepeatAsync(
            async () =>
            {
                // The version is asked for in the same round trip: of a stream without news there is nothing else to tell.
                await using var batch = source.CreateBatch();
                batch.BatchCommands.Add(Question("read_stream", "read_stream_up_to_position").With("from_version", fromVersion).ToBatchCommand());
                if (fromVersion > 1)
                    batch.BatchCommands.Add(Question("stream_version", "stream_version_at_position").ToBatchCommand());
                await using var reader = await batch.ExecuteReaderAsync(cancellation);
                var events = await EventsAsync(reader, cancellation, tenantId, streamId);
                if (events.Count > 0)
                    return new StreamEvents(events[^1].Version, events);
                if (!await reader.NextResultAsync(cancellation) || !await reader.ReadAsync(cancellation) || await reader.IsDBNullAsync(0, cancellation))
                    return new StreamEvents(0, []);
                // An append may have come between the two queries; the answer keeps to what the first one saw.
                return new StreamEvents(Math.Min(reader.GetInt64(0), fromVersion - 1), []);
            },
            cancellation);

        StatementText.Binding Question(string committed, string placed)
        {
            var statement = Statement(upToPosition is null ? committed : placed).With("tenant", tenantId).With("stream", streamId);
            return upToPosition is { } position ? statement.With("position", position) : statement;
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<Guid, StreamEvents>> ReadStreamsAsync(
        string tenantId, IReadOnlyCollection<Guid> streamIds, CancellationToken cancellation) =>
        Transient.RepeatAsync<IReadOnlyDictionary<Guid, StreamEvents>>(
            async () =>
            {
                await using var command = Statement("read_streams")
                    .With("tenant", tenantId)
                    .With("streams", streamIds.Distinct().ToArray())
                    .ToCommand(source);
                return (await ReadAsync(command, cancellation))
                    .GroupBy(recorded => recorded.StreamId)
                    .ToDictionary(stream => stream.Key, stream => new StreamEvents(stream.Last().Version, [.. stream]));
            },
            cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>> ReadStreamsAsync(
        string tenantId, IReadOnlyCollection<Guid> streamIds, IReadOnlyCollection<Type> only, CancellationToken cancellation) =>
        Transient.RepeatAsync<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>>(
            async () =>
            {
                await using var command = Statement("read_streams_of_types")
                    .With("tenant", tenantId)
                    .With("streams", streamIds.Distinct().ToArray())
                    .With("types", only.Select(codec.StoredName).ToArray())
                    .ToCommand(source);
                return (await ReadAsync(command, cancellation))
                    .GroupBy(recorded => recorded.StreamId)
                    .ToDictionary(stream => stream.Key, stream => (IReadOnlyList<RecordedEvent>)[.. stream]);
            },
            cancellation);

    /// <inheritdoc />
    public async IAsyncEnumerable<RecordedEvent> ReadLogAsync(
        long afterPosition,
        string? tenantId = null,
        long? upToPosition = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var coming = new Queue<Task<IReadOnlyList<RecordedEvent>>>();
        Fetch();
        try
        {
            while (true)
            {
                var page = await coming.Dequeue();
                if (page.Count == PageSize)
                {
                    // Positions are dense: of the whole log two pages can be on their way while the reader is busy with this one.
                    if (tenantId is not null)
                        afterPosition = page[^1].Position!.Value;
                    while (coming.Count < (tenantId is null ? 2 : 1))
                        Fetch();
                }

                foreach (var recorded in page)
                    yield return recorded;
                if (page.Count < PageSize)
                    yield break;
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(coming)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Fetch()
        {
            coming.Enqueue(ReadLogPageAsync(afterPosition, PageSize, tenantId, upToPosition, cancellation));
            afterPosition += PageSize;
        }
    }

    /// <summary>One page of the log after a position, in position order; an empty page is the end of the log.</summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadLogPageAsync(
        long afterPosition, int size, string? tenantId = null, long? upToPosition = null, CancellationToken cancellation = default) =>
        Transient.RepeatAsync<IReadOnlyList<RecordedEvent>>(
            async () =>
            {
                // Positions are dense: so many events of the whole log are so many positions.
                if (tenantId is null)
                    return await log.ReadAsync(afterPosition, Math.Min(upToPosition ?? long.MaxValue, afterPosition + size), cancellation);
                await using var command = Statement("read_log_of_tenant")
                    .With("after", afterPosition)
                    .With("up_to", upToPosition ?? long.MaxValue)
                    .With("page", size)
                    .With("tenant", tenantId)
                    .ToCommand(source);
                return await ReadAsync(command, cancellation);
            },
            cancellation);

    /// <inheritdoc />
    public Task<LogEnd> EndOfLogAsync(CancellationToken cancellation) => Transient.RepeatAsync(
        async () =>
        {
            await using var command = Statement("end_of_log").ToCommand(source);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await reader.ReadAsync(cancellation)
                ? new LogEnd(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1))
                : new LogEnd(0, DateTimeOffset.MinValue);
        },
        cancellation);

    /// <inheritdoc />
    public Task<long> LastSequenceAsync(CancellationToken cancellation) => Transient.RepeatAsync(
        async () =>
        {
            await using var command = Statement("last_sequence").ToCommand(source);
            return (long)(await command.ExecuteScalarAsync(cancellation))!;
        },
        cancellation);

    /// <inheritdoc />
    /// <remarks>
    /// Waits for a stamping under way: one begun later takes its stamp after the lock that is held here, so it lies after
    /// every instant that has passed by now.
    /// </remarks>
    public Task<long> PositionAtAsync(DateTimeOffset instant, CancellationToken cancellation) => Transient.RepeatAsync(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(Statement("take_shared_lock")
                .With("class", AdvisoryLocks.StampClass)
                .With("key", options.LockKey)
                .ToBatchCommand());
            batch.BatchCommands.Add(Statement("position_at").With("instant", instant.ToUniversalTime()).ToBatchCommand());
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            await reader.NextResultAsync(cancellation);
            return await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : 0;
        },
        cancellation);

    private async Task<List<RecordedEvent>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await EventsAsync(reader, cancellation);
    }

    private async Task<List<RecordedEvent>> EventsAsync(
        NpgsqlDataReader reader, CancellationToken cancellation, string? tenantId = null, Guid? streamId = null)
    {
        var events = new List<RecordedEvent>();
        var rows = new EventRows(reader, codec, tenantId, streamId);
        while (await reader.ReadAsync(cancellation))
            events.Add(rows.Current());
        return events;
    }
}
