using CaseFlow.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Access;

/// <summary>Who read one subject's record.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="SubjectId">Whose record.</param>
public sealed record AccessAsked(string TenantId, Guid SubjectId)
{
    /// <summary>Read then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Read before then.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this reader.</summary>
    public string? ActorId { get; init; }

    /// <summary>Only reads of this view that showed it, whole or in part.</summary>
    public string? ShownView { get; init; }

    /// <summary>Only reads that asked about this, whatever it names.</summary>
    public Guid? AskedId { get; init; }

    /// <summary>Only reads that told criminal justice information.</summary>
    public bool CjiOnly { get; init; }

    /// <summary>Only what comes after this one in the answer's order; null for the beginning.</summary>
    public AccessMark? After { get; init; }
}

/// <summary>Where a page ended.</summary>
public sealed record AccessMark(DateTimeOffset At, Guid Id);

/// <summary>Answers from the recorded reads.</summary>
/// <param name="source">The pool for queries.</param>
/// <param name="options">The store's schemas.</param>
public sealed class AccessHistory(NpgsqlDataSource source, EventStoreOptions options)
{
    private readonly string ofSubject = new StoreSql(options)["Access.Statements.of_subject"];
    private readonly string cjiOfSubject = new StoreSql(options)["Access.Statements.cji_of_subject"];

    /// <returns>At most <paramref name="limit"/> reads of the subject's record, the latest first.</returns>
    public async Task<IReadOnlyList<RecordedAccess>> OfSubjectAsync(AccessAsked asked, int limit, CancellationToken cancellation)
    {
        await using var question = new TenantQuestion(source, asked.TenantId, asked.CjiOnly ? cjiOfSubject : ofSubject);
        void Add(string name, NpgsqlDbType type, object? value) =>
            question.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });

        Add("subject", NpgsqlDbType.Uuid, asked.SubjectId);
        Add("from", NpgsqlDbType.TimestampTz, asked.From?.ToUniversalTime());
        Add("to", NpgsqlDbType.TimestampTz, asked.To?.ToUniversalTime());
        Add("before_at", NpgsqlDbType.TimestampTz, asked.After?.At.ToUniversalTime());
        Add("before_id", NpgsqlDbType.Uuid, asked.After?.Id ?? Guid.AllBitsSet);
        Add("actor", NpgsqlDbType.Text, asked.ActorId);
        Add("view", NpgsqlDbType.Text, asked.ShownView);
        Add("asked", NpgsqlDbType.Uuid, asked.AskedId);
        Add("limit", NpgsqlDbType.Integer, limit);
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        List<RecordedAccess> found = [];
        while (await reader.ReadAsync(cancellation))
            found.Add(Read(reader));
        return found;
    }

    private static RecordedAccess Read(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

        return new RecordedAccess(row.GetFieldValue<DateTimeOffset>(1), new AccessEntry(
            row.GetGuid(0),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            Text(5),
            Text(6),
            row.GetString(7),
            row.GetString(8),
            row.GetString(9),
            AccessOutcomes.Read(row.GetString(10)),
            row.IsDBNull(11) ? null : row.GetGuid(11),
            row.GetFieldValue<Guid[]>(12),
            Time(13),
            Time(14),
            row.IsDBNull(15) ? null : row.GetInt64(15),
            row.GetString(16),
            row.GetBoolean(17)));
    }
}
