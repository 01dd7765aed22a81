using System.Globalization;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>Why the database refused an append, recognised by SQLSTATE or constraint name, never by message.</summary>
internal abstract record Refusal
{
    /// <summary>A stream was not at the expected version; the version found is null when the statement did not tell it.</summary>
    public sealed record Version(Guid StreamId, long Expected, long? Actual) : Refusal;

    /// <summary>An event id is stored already.</summary>
    public sealed record EventId : Refusal;

    /// <summary>An answer is kept under this idempotency key already.</summary>
    public sealed record Answered : Refusal;

    /// <summary>Another append made the subject's data key first; the same append with that key will do.</summary>
    public sealed record DataKey : Refusal;

    /// <summary>The data key was wrapped under an epoch of the key ring that is over; wrapped anew it will do.</summary>
    public sealed record KeyEpoch : Refusal;

    /// <summary>An inline view's uniqueness was broken.</summary>
    public sealed record ViewRow(string Constraint) : Refusal;

    /// <summary>SQLSTATE of a key under an epoch that is over.</summary>
    public const string EpochIsOver = "CF410";

    /// <returns>The refusal, or null when the error is something else.</returns>
    public static Refusal? Of(PostgresException error, EventStoreOptions options) => error switch
    {
        { SqlState: "CF409", Hint: { } hint } => VersionOf(hint),
        { SqlState: EpochIsOver } => new KeyEpoch(),
        { SqlState: not PostgresErrorCodes.UniqueViolation } => null,
        { ConstraintName: "idx_mt_events_event_id" } => new EventId(),
        { ConstraintName: "pk_cf_idempotency" } => new Answered(),
        { ConstraintName: "pk_cf_data_keys" } => new DataKey(),
        { ConstraintName: { } constraint } when error.SchemaName == options.ViewsSchema => new ViewRow(constraint),
        _ => null,
    };

    private static Version VersionOf(string hint)
    {
        var parts = hint.Split(' ');
        return new Version(
            Guid.Parse(parts[0]), long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
