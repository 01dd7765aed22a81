using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Postgres;

public sealed partial class PostgresEventStore
{
    private const int PageSize = 500;

    /// <inheritdoc />
    public Task<StreamEvents> ReadStreamAsync(
        string tenantId, Guid streamId, long fromVersion = 1, long? upToPosition = null, CancellationToken cancellation = default) =>
        Transient.RepeatAsync(
            async () =>
            {
                await using var command = upToPosition is { } position
                    ? Statement(
                        "read_stream_up_to_position", ("tenant", tenantId), ("stream", streamId), ("from_version", fromVersion),
                        ("position", position))
                    : Statement("read_stream", ("tenant", tenantId), ("stream", streamId), ("from_version", fromVersion));
                var events = await ReadAsync(command, cancellation);
                if (events.Count > 0)
                    return new StreamEvents(events[^1].Version, events);
                return new StreamEvents(
                    fromVersion <= 1 ? 0 : await VersionBeforeAsync(tenantId, streamId, fromVersion, upToPosition, cancellation), []);
            },
            cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<Guid, StreamEvents>> ReadStreamsAsync(
        string tenantId, IReadOnlyCollection<Guid> streamIds, CancellationToken cancellation) =>
        Transient.RepeatAsync<IReadOnlyDictionary<Guid, StreamEvents>>(
            async () =>
            {
                await using var command = Statement("read_streams", ("tenant", tenantId), ("streams", streamIds.Distinct().ToArray()));
                return (await ReadAsync(command, cancellation))
                    .GroupBy(recorded => recorded.StreamId)
                    .ToDictionary(stream => stream.Key, stream => new StreamEvents(stream.Last().Version, [.. stream]));
            },
            cancellation);

    /// <inheritdoc />
    public async IAsyncEnumerable<RecordedEvent> ReadLogAsync(
        long afterPosition,
        string? tenantId = null,
        long? upToPosition = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            var page = await ReadLogPageAsync(afterPosition, PageSize, tenantId, upToPosition, cancellation);
            foreach (var recorded in page)
                yield return recorded;
            if (page.Count < PageSize)
                yield break;
            afterPosition = page[^1].Position!.Value;
        }
    }

    /// <summary>One page of the log after a position, in position order; an empty page is the end of the log.</summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadLogPageAsync(
        long afterPosition, int size, string? tenantId = null, long? upToPosition = null, CancellationToken cancellation = default) =>
        Transient.RepeatAsync<IReadOnlyList<RecordedEvent>>(
            async () =>
            {
                await using var command = Statement(
                    tenantId is null ? "read_log" : "read_log_of_tenant", ("after", afterPosition),
                    ("up_to", upToPosition ?? long.MaxValue), ("page", size));
                if (tenantId is not null)
                    command.Parameters.AddWithValue("tenant", tenantId);
                return await ReadAsync(command, cancellation);
            },
            cancellation);

    /// <inheritdoc />
    public Task<LogEnd> EndOfLogAsync(CancellationToken cancellation) => Transient.RepeatAsync(
        async () =>
        {
            await using var command = Statement("end_of_log");
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return await reader.ReadAsync(cancellation)
                ? new LogEnd(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1))
                : new LogEnd(0, DateTimeOffset.MinValue);
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
            var locked = new NpgsqlBatchCommand(sql["Postgres.Statements.take_stamp_lock_shared"]);
            locked.Parameters.AddWithValue("class", AdvisoryLocks.StampClass);
            locked.Parameters.AddWithValue("key", options.LockKey);
            batch.BatchCommands.Add(locked);
            var position = new NpgsqlBatchCommand(sql["Postgres.Statements.position_at"]);
            position.Parameters.AddWithValue("instant", NpgsqlDbType.TimestampTz, instant.ToUniversalTime());
            batch.BatchCommands.Add(position);
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            await reader.NextResultAsync(cancellation);
            return await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : 0;
        },
        cancellation);

    /// <inheritdoc />
    public Task<StoredAnswer?> FindAnswerAsync(string tenantId, string actor, string key, CancellationToken cancellation) =>
        Transient.RepeatAsync(
            async () =>
            {
                await using var command = Statement("find_answer", ("tenant", tenantId), ("actor", actor), ("key", key));
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                return await reader.ReadAsync(cancellation)
                    ? new StoredAnswer(actor, key, reader.GetFieldValue<byte[]>(0), reader.GetInt32(1), reader.GetString(2))
                    : null;
            },
            cancellation);

    /// <summary>The version of a stream that ends before the first version asked for.</summary>
    private async Task<long> VersionBeforeAsync(
        string tenantId, Guid streamId, long fromVersion, long? upToPosition, CancellationToken cancellation)
    {
        await using var command = upToPosition is { } position
            ? Statement("stream_version_at_position", ("tenant", tenantId), ("stream", streamId), ("position", position))
            : Statement("stream_version", ("tenant", tenantId), ("stream", streamId));
        // An append may have come between the two queries; the answer keeps to what the first one saw.
        return Math.Min(await command.ExecuteScalarAsync(cancellation) as long? ?? 0, fromVersion - 1);
    }

    private async Task<List<RecordedEvent>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var events = new List<RecordedEvent>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            events.Add(Recorded(reader));
        return events;
    }

    private RecordedEvent Recorded(NpgsqlDataReader row)
    {
        var (stream, version, eventId, name) = (row.GetGuid(1), row.GetInt64(3), row.GetGuid(4), row.GetString(8));
        return new RecordedEvent(
            row.GetString(0),
            stream,
            TextOrNull(2),
            version,
            eventId,
            row.GetInt64(5),
            row.IsDBNull(6) ? null : row.GetInt64(6),
            row.GetFieldValue<DateTimeOffset>(7),
            codec.Decode(stream, version, eventId, name, row.GetString(9)),
            codec.DecodeHeaders(stream, version, name, TextOrNull(10)),
            new AppendMetadata(TextOrNull(11) ?? "", TextOrNull(12), TextOrNull(13)));

        string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
