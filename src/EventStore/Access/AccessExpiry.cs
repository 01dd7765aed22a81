using CaseFlow.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Access;

/// <summary>Which recorded reads are to be forgotten.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="Before">Those from before then; never one of the last six years, whatever is asked.</param>
/// <param name="CjiBefore">Of criminal justice information, those from before then as well.</param>
/// <param name="Kept">Subjects of whom no read is forgotten.</param>
public sealed record AccessesOver(string TenantId, DateTimeOffset Before, DateTimeOffset CjiBefore, IReadOnlyCollection<Guid> Kept);

/// <summary>Where a walk along old reads stands: readers one after the other, the reads of each from the oldest.</summary>
/// <param name="At">Null behind all that the reader read.</param>
public sealed record AccessWalk(string ActorId, DateTimeOffset? At, Guid? Id);

/// <param name="Forgotten">How many were forgotten; what is kept was walked all the same.</param>
/// <param name="Next">Where the walk goes on; null at its end.</param>
public sealed record AccessesForgotten(long Forgotten, AccessWalk? Next);

/// <summary>Forgets reads whose time is over, some at a time: each is forgotten with its subjects or not at all, and again is never.</summary>
/// <param name="source">A pool made by <see cref="StoreDataSource"/>.</param>
/// <param name="options">The store's schemas.</param>
public sealed class AccessExpiry(NpgsqlDataSource source, EventStoreOptions options)
{
    /// <summary>Reads walked in one transaction, so that those who record reads wait for none.</summary>
    public const int MostTogether = 1_000;

    private readonly string forget = new StoreSql(options)["Access.Statements.forget"];

    /// <summary>One batch: it reads as many rows as it walks, however many there are.</summary>
    /// <param name="over">Which reads.</param>
    /// <param name="from">Where the batch before ended; null for the beginning.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<AccessesForgotten> ForgetAsync(AccessesOver over, AccessWalk? from, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(forget);
        void Add(string name, NpgsqlDbType type, object? value) =>
            command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });

        Add("tenant", NpgsqlDbType.Text, over.TenantId);
        Add("before", NpgsqlDbType.TimestampTz, over.Before.ToUniversalTime());
        Add("cji_before", NpgsqlDbType.TimestampTz, over.CjiBefore.ToUniversalTime());
        Add("kept", NpgsqlDbType.Array | NpgsqlDbType.Uuid, over.Kept.ToArray());
        Add("most", NpgsqlDbType.Integer, MostTogether);
        Add("actor", NpgsqlDbType.Text, from?.ActorId);
        Add("at", NpgsqlDbType.TimestampTz, from?.At);
        Add("id", NpgsqlDbType.Uuid, from?.Id);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new AccessesForgotten(
            reader.GetInt64(0),
            reader.IsDBNull(1)
                ? null
                : new AccessWalk(
                    reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2), reader.IsDBNull(3) ? null : reader.GetGuid(3)));
    }
}
