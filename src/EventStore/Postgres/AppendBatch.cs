using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// One append as one batch, which PostgreSQL runs as one transaction in one round trip. The order of its statements is a
/// promise: the fence before any sequence number; the answer before any stream, so that a repeated request is told its
/// first answer and not a conflict; streams by id, so that appends wait for each other in one order only.
/// </summary>
internal sealed class AppendBatch(EventStoreOptions options, StoreSql sql, EventCodec codec, IReadOnlyList<IInlineView> inlineViews)
{
    /// <summary>Builds the batch and tells the streams in the order of its results.</summary>
    public (NpgsqlBatch Batch, IReadOnlyList<StreamAppend> Streams) Build(NpgsqlConnection connection, Append append, AppendKeys? keys)
    {
        var batch = new NpgsqlBatch(connection);
        var streams = append.Streams.OrderBy(stream => stream.StreamId).ToList();
        batch.BatchCommands.Add(Statement("take_fence", ("class", AdvisoryLocks.FenceClass), ("key", options.LockKey)));
        if (append.Answer is { } answer)
            batch.BatchCommands.Add(KeepAnswer(append.TenantId, answer));

        var inline = new List<NpgsqlBatchCommand>();
        foreach (var stream in streams)
        {
            if (stream.Events.Count == 0)
            {
                AddGuard(batch, append.TenantId, stream);
                continue;
            }

            var encoded = stream.Events.Select(fresh => codec.Encode(append.TenantId, fresh, keys)).ToList();
            batch.BatchCommands.Add(Events(append, stream, encoded));
            if (inlineViews.Count > 0)
                inline.AddRange(InlineRows(append.TenantId, stream, encoded, keys));
        }

        foreach (var key in keys?.Added ?? [])
        {
            batch.BatchCommands.Add(Statement(
                "add_data_key", ("tenant", append.TenantId), ("subject", key.SubjectId), ("wrapped_key", key.Wrapped),
                ("wrapping_key_id", key.WrappingKeyId)));
        }

        foreach (var command in inline)
            batch.BatchCommands.Add(command);
        return (batch, streams);
    }

    private NpgsqlBatchCommand KeepAnswer(string tenantId, StoredAnswer answer) => Statement(
        "keep_answer", ("tenant", tenantId), ("actor", answer.Actor), ("key", answer.Key), ("request_hash", answer.RequestHash),
        ("status", answer.Status), ("body", answer.Body));

    private void AddGuard(NpgsqlBatch batch, string tenantId, StreamAppend guard)
    {
        switch (guard.Expected.Version)
        {
            case null:
                batch.BatchCommands.Add(Statement("guard_any_version", ("tenant", tenantId), ("stream", guard.StreamId)));
                break;
            case 0:
                batch.BatchCommands.Add(Statement("guard_absence", ("tenant", tenantId), ("stream", guard.StreamId)));
                batch.BatchCommands.Add(Statement("release_absence", ("tenant", tenantId), ("stream", guard.StreamId)));
                break;
            case { } expected:
                batch.BatchCommands.Add(Statement(
                    "guard_version", ("tenant", tenantId), ("stream", guard.StreamId), ("expected", expected)));
                break;
        }
    }

    private NpgsqlBatchCommand Events(Append append, StreamAppend stream, List<EncodedEvent> encoded)
    {
        var command = Statement(
            stream.Expected.Version switch
            {
                null => "append_at_any_version",
                0 => "append_new_stream",
                _ => "append_at_version",
            },
            ("tenant", append.TenantId),
            ("stream", stream.StreamId),
            ("count", (long)encoded.Count),
            ("ids", encoded.Select(fresh => fresh.EventId).ToArray()),
            ("types", encoded.Select(fresh => fresh.TypeName).ToArray()),
            ("dotnet_types", encoded.Select(fresh => fresh.DotnetType).ToArray()),
            ("user_name", append.Metadata.UserName));
        if (stream.Expected.Version is { } expected)
            command.Parameters.AddWithValue("expected", expected);
        if (stream.Expected.Version is null or 0)
            command.Parameters.AddWithValue("stream_type", stream.StreamType);
        command.Parameters.AddWithValue("data", NpgsqlDbType.Array | NpgsqlDbType.Jsonb, encoded.Select(fresh => fresh.Data).ToArray());
        command.Parameters.AddWithValue(
            "headers", NpgsqlDbType.Array | NpgsqlDbType.Jsonb, encoded.Select(fresh => fresh.Headers).ToArray());
        command.Parameters.AddWithValue("correlation", NpgsqlDbType.Varchar, (object?)(stream.CorrelationId ?? append.Metadata.CorrelationId) ?? DBNull.Value);
        command.Parameters.AddWithValue("causation", NpgsqlDbType.Varchar, (object?)append.Metadata.CausationId ?? DBNull.Value);
        return command;
    }

    /// <summary>Rows are made from the events as stored: a view holds the same ciphertext at once and after a rebuild.</summary>
    private IEnumerable<NpgsqlBatchCommand> InlineRows(
        string tenantId, StreamAppend stream, List<EncodedEvent> encoded, AppendKeys? keys)
    {
        for (var i = 0; i < encoded.Count; i++)
        {
            var version = stream.Expected.Version + i + 1;
            var stored = encoded[i];
            var data = codec.Decode(stream.StreamId, version ?? 0, stored.EventId, stored.TypeName, stored.Data);
            var appended = new InlineEvent(tenantId, stream.StreamId, version, stored.EventId, data);
            foreach (var view in inlineViews)
            {
                using var scope = SealingScope.ForOpening(keys);
                foreach (var row in view.RowsFor(appended).ToList())
                    yield return row;
            }
        }
    }

    private NpgsqlBatchCommand Statement(string name, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new NpgsqlBatchCommand(sql[$"Postgres.Statements.{name}"]);
        foreach (var (parameter, value) in parameters)
            command.Parameters.AddWithValue(parameter, value);
        return command;
    }
}
