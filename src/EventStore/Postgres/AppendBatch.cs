using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// One append of any shape as one batch, which PostgreSQL runs as one transaction in one round trip. The order of its
/// statements is a promise: the fence before any sequence number; streams by id, the answer after them, and the data keys by
/// subject, so that appends wait for each other in one order only, that of <see cref="PlainAppend"/>.
/// </summary>
internal sealed class AppendBatch(EventStoreOptions options, StoreSql sql, AppendStatements statements)
{
    /// <summary>Builds the batch; after the fence's, its first results are those of the streams, in their order.</summary>
    public NpgsqlBatch Build(NpgsqlConnection connection, EncodedAppend append)
    {
        var batch = new NpgsqlBatch(connection);
        var tenantId = append.Append.TenantId;
        batch.BatchCommands.Add(
            Statement("take_shared_lock").With("class", AdvisoryLocks.FenceClass).With("key", options.LockKey).ToBatchCommand());
        var releases = new List<NpgsqlBatchCommand>();
        for (var i = 0; i < append.Streams.Length; i++)
        {
            batch.BatchCommands.Add(append.Events[i].Length == 0
                ? Guard(tenantId, append.Streams[i], releases)
                : Events(append, append.Streams[i], append.Events[i]));
        }

        foreach (var release in releases)
            batch.BatchCommands.Add(release);
        if (append.Append.Answer is { } answer)
            batch.BatchCommands.Add(KeepAnswer(tenantId, answer));
        if (append.NewKeys.Count > 0)
            batch.BatchCommands.Add(Statement("add_data_keys").With("tenant", tenantId).WithKeys(append.NewKeys).ToBatchCommand());

        foreach (var command in append.Inline)
            batch.BatchCommands.Add(command);
        return batch;
    }

    private NpgsqlBatchCommand KeepAnswer(string tenantId, StoredAnswer answer) => Statement("keep_answer")
        .With("tenant", tenantId)
        .With("actor", answer.Actor)
        .With("key", answer.Key)
        .With("request_hash", answer.RequestHash)
        .With("status", answer.Status)
        .With("body", answer.Body)
        .ToBatchCommand();

    private NpgsqlBatchCommand Guard(string tenantId, StreamAppend guard, List<NpgsqlBatchCommand> releases)
    {
        var statement = Statement(guard.Expected.Version switch { null => "guard_any_version", 0 => "guard_absence", _ => "guard_version" })
            .With("tenant", tenantId)
            .With("stream", guard.StreamId);
        if (guard.Expected.Version is > 0 and { } expected)
            statement.With("expected", expected);
        if (guard.Expected.Version == 0)
            releases.Add(Statement("release_absence").With("tenant", tenantId).With("stream", guard.StreamId).ToBatchCommand());
        return statement.ToBatchCommand();
    }

    private NpgsqlBatchCommand Events(EncodedAppend append, StreamAppend stream, EncodedEvent[] events)
    {
        var metadata = append.Append.Metadata;
        var statement = statements.InBatch(stream.Expected).Bind()
            .With("expected", stream.Expected.Version, NpgsqlDbType.Bigint)
            .With("tenant", append.Append.TenantId)
            .With("stream", stream.StreamId)
            .With("count", (long)events.Length)
            .With("user_name", metadata.UserName)
            .With("correlation", stream.CorrelationId ?? metadata.CorrelationId, NpgsqlDbType.Varchar)
            .With("causation", metadata.CausationId, NpgsqlDbType.Varchar)
            .WithEvents(events);
        if (stream.Expected.Version is null or 0)
            statement.With("stream_type", stream.StreamType);
        return statement.ToBatchCommand();
    }

    private StatementText.Binding Statement(string name) => sql.Text($"Postgres.Statements.{name}").Bind();
}
