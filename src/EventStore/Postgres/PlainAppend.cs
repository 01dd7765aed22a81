using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// Appends of one stream each, in one statement and one round trip, which is a transaction (<see cref="AppendStatements"/>).
/// </summary>
internal sealed class PlainAppend(EventStoreOptions options, StoreSql sql, AppendStatements statements)
{
    private readonly StatementText shared = sql.Text("Postgres.Statements.append_shared");

    /// <summary>One append; its row has a null version when the stream was elsewhere.</summary>
    /// <param name="patience">How long it waits for a stream that somebody else holds.</param>
    public NpgsqlCommand Alone(NpgsqlConnection connection, EncodedAppend append, string patience)
    {
        var (stream, events) = (append.Stream, append.Events[0]);
        var metadata = append.Append.Metadata;
        var answer = append.Append.Answer;
        var statement = statements.Alone(stream.Expected, many: events.Length > 1, answered: answer is not null).Bind();
        if (stream.Expected.Version is > 0 and { } expected)
            statement.With("expected", expected);
        else
            statement.With("stream_type", stream.StreamType);
        if (answer is not null)
            statement.WithAnswers([answer]);
        return Begin(statement, append.Append.TenantId, patience)
            .With("stream", stream.StreamId)
            .With("count", (long)events.Length)
            .With("correlation", stream.CorrelationId ?? metadata.CorrelationId, NpgsqlDbType.Varchar)
            .With("causation", metadata.CausationId, NpgsqlDbType.Varchar)
            .With("user_name", metadata.UserName)
            .WithOneOrMore(events)
            .ToCommand(connection);
    }

    /// <summary>
    /// Many appends of one tenant. Appends at an exact version or to a new stream have their stream for themselves; those at
    /// any version may share one and follow each other in it. The rows name, by its last event's id, each append that was
    /// written; those missing were not where they should have been.
    /// </summary>
    /// <param name="patience">How long it waits for streams that somebody else holds.</param>
    public NpgsqlCommand Shared(NpgsqlConnection connection, IReadOnlyList<EncodedAppend> appends, string patience)
    {
        var rows = new SharedRows(appends);
        return Begin(shared.Bind(), appends[0].Append.TenantId, patience)
            .With("streams", rows.Streams)
            .With("before_ends", rows.BeforeEnds)
            .With("correlations", rows.Correlations, EventArrays.Texts)
            .With("causations", rows.Causations, EventArrays.Texts)
            .With("user_names", rows.UserNames, EventArrays.Texts)
            .With("last_ids", rows.LastIds)
            .With("moved", rows.Moved.Ids)
            .With("moved_counts", rows.Moved.Counts)
            .With("moved_expected", rows.Moved.Expected)
            .With("created", rows.Created.Ids)
            .With("created_counts", rows.Created.Counts)
            .With("created_types", rows.Created.Types, EventArrays.Texts)
            .With("joined", rows.Joined.Ids)
            .With("joined_counts", rows.Joined.Counts)
            .With("joined_types", rows.Joined.Types, EventArrays.Texts)
            .WithEvents(rows.Events)
            .WithAnswers(rows.Answers)
            .With("answered", rows.Answered)
            .ToCommand(connection);
    }

    private StatementText.Binding Begin(StatementText.Binding statement, string tenantId, string patience) => statement
        .With("class", AdvisoryLocks.FenceClass)
        .With("lock_key", options.LockKey)
        .With("patience", patience)
        .With("tenant", tenantId);
}
