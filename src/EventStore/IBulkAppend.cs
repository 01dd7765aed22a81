namespace CaseFlow.EventStore;

/// <summary>
/// Loads histories: imports and migrations of many events whose order within each stream is known and which nobody else is
/// deciding about, above all the events of another store (a Marten database, an older system) that CaseFlow takes the place of.
/// Stored as if each had been appended, at any version, with the same metadata. What the program takes in by itself is decided
/// event by event (the importer asks that a stream not exist, the demonstration tells its stories through the doors' decisions)
/// and does not come this way.
/// <list type="number">
/// <item>An event id is recorded once: what is stored in its stream already is passed over, so a load that was cut short, or
/// is repeated, or runs twice at once, ends with each event there once.</item>
/// <item>Events of a stream keep the order in which they come, after what the stream holds already.</item>
/// <item>It commits every few thousand events, or every 4 MB of JSON if that is sooner, and aims at less than a second each, so that it holds no reader of the log up;
/// a load that ends early leaves whole transactions behind.</item>
/// </list>
/// </summary>
public interface IBulkAppend
{
    /// <summary>Records every event that is not recorded yet.</summary>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="history">Events in the order in which they are to be stored; a stream may come several times.</param>
    /// <param name="metadata">Who, and in which conversation; written on each event.</param>
    /// <param name="cancellation">Ends the load; what is committed stays.</param>
    /// <exception cref="InvalidOperationException">An event id is stored in another stream.</exception>
    Task<BulkResult> AppendManyAsync(
        string tenantId, IAsyncEnumerable<BulkEvents> history, AppendMetadata metadata, CancellationToken cancellation);
}

/// <param name="StreamId">The stream; made when it does not exist.</param>
/// <param name="StreamType">Alias of the stream's kind.</param>
/// <param name="Events">Its next events, in order.</param>
/// <param name="CorrelationId">The conversation of these events, when it is not the whole load's.</param>
public sealed record BulkEvents(Guid StreamId, string StreamType, IReadOnlyList<NewEvent> Events, string? CorrelationId = null);

/// <param name="Recorded">Events stored by this load.</param>
/// <param name="AlreadyThere">Events found stored; after a connection was lost at a commit, those of that transaction too.</param>
/// <param name="LastSequence">The highest <c>seq_id</c> written, 0 when none.</param>
public readonly record struct BulkResult(long Recorded, long AlreadyThere, long LastSequence)
{
    /// <summary>What two parts of a load did together.</summary>
    public static BulkResult operator +(BulkResult one, BulkResult other) => new(
        one.Recorded + other.Recorded, one.AlreadyThere + other.AlreadyThere, Math.Max(one.LastSequence, other.LastSequence));
}
