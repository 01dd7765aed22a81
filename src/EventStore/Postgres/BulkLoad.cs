using System.Diagnostics;
using CaseFlow.EventStore.Sealing;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// One transaction of a bulk load: the fence; the streams that are new, made by id, and then the others, locked by id; what is
/// stored already, looked up while they are locked, so that a load that runs at once cannot record it meanwhile; the data keys,
/// by subject; the numbers; then COPY.
/// </summary>
/// <remarks>
/// New streams before old ones is not the order in which an append locks several: the two can meet crosswise. The server
/// ends one of them then, and it is repeated.
/// </remarks>
internal sealed class BulkLoad(
    NpgsqlDataSource source, EventStoreOptions options, StoreSql sql, AppendEncoder encoder, string tenantId, AppendMetadata metadata)
{
    /// <summary>How long the longest transaction of the last chunk took; zero before the first.</summary>
    public TimeSpan LongestTransaction { get; private set; }

    /// <summary>Records the events of a chunk that are not recorded yet, in as many transactions as their size asks for.</summary>
    public async Task<BulkResult> RecordAsync(
        BulkChunk chunk, EncodedEvent[] encoded, int mostBytes, AppendKeys? keys, CancellationToken cancellation)
    {
        var (total, longest, newKeys) = (default(BulkResult), TimeSpan.Zero, keys?.Added ?? []);
        foreach (var (part, ofPart) in chunk.Parts(encoded, mostBytes))
        {
            var started = Stopwatch.GetTimestamp();
            total += await RecordAsync(part, ofPart, keys, newKeys, cancellation);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
            newKeys = [];
        }

        LongestTransaction = longest;
        return total;
    }

    private async Task<BulkResult> RecordAsync(
        BulkChunk chunk, EncodedEvent[] encoded, AppendKeys? keys, IReadOnlyList<WrappedDataKey> newKeys, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var watch = CommitWatch.Over(connection);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(Statement("take_shared_lock").With("class", AdvisoryLocks.FenceClass).With("key", options.LockKey).ToCommand(connection), cancellation);
        var created = await CreateAsync(connection, chunk, cancellation);
        var versions = await LockAsync(connection, chunk, created, cancellation);
        var stored = await FindStoredAsync(connection, chunk, created, cancellation);
        if (newKeys.Count > 0)
            await RunAsync(Statement("add_data_keys").With("tenant", tenantId).WithKeys(newKeys).ToCommand(connection), cancellation);

        var (places, fresh) = Place(chunk, versions, stored);
        await AdvanceAsync(connection, places, created, cancellation);
        var last = await CopyAsync(connection, chunk, encoded, fresh, cancellation);
        await AddInlineRowsAsync(connection, chunk, encoded, fresh, keys, cancellation);
        if (stored.Count > 0)
            await RunAsync(Statement("confirm_replication").ToCommand(connection), cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        watch.ThrowIfDoubtful();
        return new BulkResult(fresh.Count, chunk.Events.Count - fresh.Count + chunk.Repeated, last);
    }

    private async Task<HashSet<Guid>> CreateAsync(NpgsqlConnection connection, BulkChunk chunk, CancellationToken cancellation)
    {
        var counts = new Dictionary<Guid, long>(chunk.Streams.Count);
        foreach (var wanted in chunk.Events)
            counts[wanted.StreamId] = counts.GetValueOrDefault(wanted.StreamId) + 1;
        await using var command = Statement("bulk_create_streams")
            .With("tenant", tenantId)
            .With("streams", chunk.Streams.Keys.ToArray())
            .With("types", chunk.Streams.Values.ToArray(), EventArrays.Texts)
            .With("counts", chunk.Streams.Keys.Select(stream => counts[stream]).ToArray())
            .ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var created = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
            created.Add(reader.GetGuid(0));
        return created;
    }

    /// <returns>The version of every stream before the load.</returns>
    private async Task<Dictionary<Guid, long>> LockAsync(
        NpgsqlConnection connection, BulkChunk chunk, HashSet<Guid> created, CancellationToken cancellation)
    {
        var versions = created.ToDictionary(stream => stream, _ => 0L);
        if (created.Count == chunk.Streams.Count)
            return versions;
        await using var command = Statement("bulk_lock_streams")
            .With("tenant", tenantId)
            .With("streams", chunk.Streams.Keys.Where(stream => !created.Contains(stream)).ToArray())
            .ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            versions.Add(reader.GetGuid(0), reader.GetInt64(1));
        return versions;
    }

    /// <summary>A stream that was made just now holds nothing; an id stored elsewhere breaks the unique index.</summary>
    private async Task<HashSet<Guid>> FindStoredAsync(
        NpgsqlConnection connection, BulkChunk chunk, HashSet<Guid> created, CancellationToken cancellation)
    {
        var stored = new HashSet<Guid>();
        var wanted = chunk.Events.Where(one => !created.Contains(one.StreamId)).ToDictionary(one => one.Fresh.EventId, one => one.StreamId);
        if (wanted.Count == 0)
            return stored;
        await using var command = Statement("find_appended").With("ids", wanted.Keys.ToArray()).ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(0);
            if (reader.GetString(1) != tenantId || reader.GetGuid(2) != wanted[id])
                throw new InvalidOperationException($"The event id {id} names an event stored elsewhere.");
            stored.Add(id);
        }

        return stored;
    }

    /// <returns>How many events each stream gets, and which of the chunk's events, each with its version.</returns>
    private static (Dictionary<Guid, long> Places, List<(int Index, long Version)> Fresh) Place(
        BulkChunk chunk, Dictionary<Guid, long> versions, HashSet<Guid> stored)
    {
        var places = new Dictionary<Guid, long>(versions.Count);
        var fresh = new List<(int, long)>(chunk.Events.Count);
        for (var i = 0; i < chunk.Events.Count; i++)
        {
            var one = chunk.Events[i];
            if (stored.Contains(one.Fresh.EventId))
                continue;
            var place = places.GetValueOrDefault(one.StreamId) + 1;
            places[one.StreamId] = place;
            fresh.Add((i, versions[one.StreamId] + place));
        }

        return (places, fresh);
    }

    private async Task AdvanceAsync(
        NpgsqlConnection connection, Dictionary<Guid, long> places, HashSet<Guid> created, CancellationToken cancellation)
    {
        var older = places.Where(place => !created.Contains(place.Key)).ToArray();
        if (older.Length > 0)
        {
            await RunAsync(Statement("bulk_advance_streams")
                .With("tenant", tenantId)
                .With("streams", Array.ConvertAll(older, place => place.Key))
                .With("counts", Array.ConvertAll(older, place => place.Value))
                .ToCommand(connection), cancellation);
        }
    }

    private async Task<long> CopyAsync(
        NpgsqlConnection connection, BulkChunk chunk, EncodedEvent[] encoded, List<(int Index, long Version)> fresh, CancellationToken cancellation)
    {
        if (fresh.Count == 0)
            return 0;
        var (numbers, recordedAt) = await DrawAsync(connection, fresh.Count, cancellation);
        await using var copy = await CopyWriter.BeginAsync(connection, sql["Postgres.Statements.bulk_copy"], 14, cancellation);
        for (var i = 0; i < fresh.Count; i++)
        {
            var (one, stored) = (chunk.Events[fresh[i].Index], encoded[fresh[i].Index]);
            await copy.BeginRowAsync(cancellation);
            copy.Write(numbers[i]);
            copy.Write(stored.EventId);
            copy.Write(one.StreamId);
            copy.Write(fresh[i].Version);
            copy.WriteJson(stored.Data);
            copy.Write(stored.TypeName);
            copy.Write(recordedAt);
            copy.Write(tenantId);
            copy.Write(stored.DotnetType);
            copy.Write(one.CorrelationId ?? metadata.CorrelationId);
            copy.Write(metadata.CausationId);
            copy.WriteJson(stored.Headers);
            copy.Write(metadata.UserName);
            copy.Write(false);
        }

        await copy.CompleteAsync(cancellation);
        return numbers[^1];
    }

    private async Task<(long[] Numbers, DateTimeOffset Now)> DrawAsync(NpgsqlConnection connection, int count, CancellationToken cancellation)
    {
        await using var command = Statement("bulk_numbers").With("count", count).ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetFieldValue<long[]>(0), reader.GetFieldValue<DateTimeOffset>(1));
    }

    private async Task AddInlineRowsAsync(
        NpgsqlConnection connection,
        BulkChunk chunk,
        EncodedEvent[] encoded,
        List<(int Index, long Version)> fresh,
        AppendKeys? keys,
        CancellationToken cancellation)
    {
        List<NpgsqlBatchCommand>? rows = null;
        foreach (var (index, version) in fresh)
            encoder.AddInlineRows(ref rows, tenantId, chunk.Events[index].StreamId, version, encoded[index], chunk.Events[index].Fresh.Headers, keys);
        if (rows is null)
            return;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var row in rows)
            batch.BatchCommands.Add(row);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task RunAsync(NpgsqlCommand statement, CancellationToken cancellation)
    {
        await using (statement)
            await statement.ExecuteNonQueryAsync(cancellation);
    }

    private StatementText.Binding Statement(string name) => sql.Text($"Postgres.Statements.{name}").Bind();
}
