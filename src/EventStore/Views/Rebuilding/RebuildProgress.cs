using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>How a rebuild is getting on.</summary>
/// <param name="View">The view.</param>
/// <param name="Phase">One of <see cref="RebuildPhase"/>.</param>
/// <param name="Position">Folded up to here.</param>
/// <param name="End">The end of the log, as last seen.</param>
/// <param name="EventsPerSecond">Since this run began.</param>
public sealed record RebuildProgress(string View, string Phase, long Position, long End, double EventsPerSecond)
{
    /// <summary>How long the folding still takes at this pace; null while nothing is known.</summary>
    public TimeSpan? Remaining => EventsPerSecond > 0 ? TimeSpan.FromSeconds(Math.Max(0, End - Position) / EventsPerSecond) : null;
}

/// <summary>What a rebuild is doing.</summary>
public static class RebuildPhase
{
    public const string Folding = "folding";
    public const string Indexing = "indexing";
    public const string CatchingUp = "catching up";
    public const string Comparing = "comparing";
}

/// <summary>A rebuild as any node sees it: under way, or interrupted and to be gone on with.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="UpdatedAt">When it last told of itself.</param>
/// <param name="Error">What it failed on; never personal content.</param>
/// <param name="ErrorPosition">The event it failed on, when known.</param>
/// <param name="ErrorEventId">That event's id.</param>
/// <param name="ErrorTenantId">Whose event it is.</param>
public sealed record RebuildStatus(
    RebuildProgress Progress,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    string? Error,
    long? ErrorPosition,
    Guid? ErrorEventId,
    string? ErrorTenantId)
{
    /// <summary>Every rebuild that has begun and not ended.</summary>
    public static async Task<IReadOnlyList<RebuildStatus>> ListAsync(
        NpgsqlDataSource source, EventStoreOptions options, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(new StoreSql(options)["Views.Rebuilding.Statements.list_rebuilds"]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<RebuildStatus>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new(
                new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetDouble(4)),
                reader.GetFieldValue<DateTimeOffset>(5),
                reader.GetFieldValue<DateTimeOffset>(6),
                reader.IsDBNull(7) ? null : reader.GetString(7),
                reader.IsDBNull(8) ? null : reader.GetInt64(8),
                reader.IsDBNull(9) ? null : reader.GetGuid(9),
                reader.IsDBNull(10) ? null : reader.GetString(10)));
        }

        return found;
    }
}
