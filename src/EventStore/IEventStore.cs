namespace CaseFlow.EventStore;

/// <summary>
/// The port: append facts to streams at expected versions, read them back in order. The numbered promises are the
/// acceptance suite <c>EventStoreContract</c>, which runs on every implementation; what rests on a database is tried on the database,
/// 10 by <c>PassingGaps</c> and 13 by <c>LosingTheStandby</c>.
/// <list type="number">
/// <item>An append is all or nothing over every stream it names, its inline rows and its idempotency row.</item>
/// <item>Versions of a stream are 1, 2, 3, … without gap or repetition, whoever writes at once.</item>
/// <item>A broken expectation is the value <see cref="AppendResult.Conflict"/>, never an exception.</item>
/// <item>A stream named with no events is a guard: its version is checked in the same transaction, nothing is written.</item>
/// <item>The same event id is stored once in a store's life; an append that repeats its own ids after an unknown outcome
/// answers as the first one did.</item>
/// <item>Reading a stream up to a log position returns what the system held at that position.</item>
/// <item>The log has one dense order of positions 1, 2, 3, …, each stamped with a time that never goes back; a position
/// once shown never changes (unless an operator ends the wait for a synchronous replica and then loses the server).</item>
/// <item>An unknown stored name, or JSON that does not fit its type, throws <see cref="UnreadableEventException"/>.</item>
/// <item>An append at any version never conflicts: it serialises behind others on its stream, and fails because of them only
/// when one holds the stream for longer than a lock is waited for (five seconds).</item>
/// <item>A refused, failed or abandoned append keeps no reader of the log from what others have appended.</item>
/// <item>Appends made at once may share a transaction. Nobody can tell: each is told its own outcome, and none fails, waits
/// on a stranger's stream or is undone for another's fault.</item>
/// <item><see cref="OperationCanceledException"/> means that nothing was written. Once an append is being written its caller
/// is told the outcome, cancelled or not; any other exception leaves the outcome unknown, and the same append with the same
/// ids finds it out.</item>
/// <item>What is answered as appended survives the loss of the server when its synchronous replicas do: a wait for them that
/// was cut short is not an answer. It rests on the server's <c>synchronous_commit</c>: <c>off</c> and <c>local</c> wait for nothing.</item>
/// </list>
/// </summary>
public interface IEventStore
{
    /// <summary>Appends in one transaction; with a single stream, in one statement and one round trip.</summary>
    Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation);

    /// <summary>Reads one stream in version order; a stream that does not exist is empty at version 0.</summary>
    /// <param name="tenantId">The jurisdiction; another tenant's stream of the same id does not exist.</param>
    /// <param name="streamId">The stream.</param>
    /// <param name="fromVersion">First version wanted, from 1.</param>
    /// <param name="upToPosition">Only events whose log position is at most this; events not yet in the log are left out.
    /// Null: everything committed.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<StreamEvents> ReadStreamAsync(
        string tenantId, Guid streamId, long fromVersion = 1, long? upToPosition = null, CancellationToken cancellation = default);

    /// <summary>Reads many streams at once, whole and as committed, in one query.</summary>
    /// <returns>Those that exist, by id.</returns>
    Task<IReadOnlyDictionary<Guid, StreamEvents>> ReadStreamsAsync(
        string tenantId, IReadOnlyCollection<Guid> streamIds, CancellationToken cancellation);

    /// <summary>Reads of many streams at once, as committed, only the events of some types: where these are few and the streams are long.</summary>
    /// <returns>Of each stream that has any, oldest first.</returns>
    async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>> ReadStreamsAsync(
        string tenantId, IReadOnlyCollection<Guid> streamIds, IReadOnlyCollection<Type> only, CancellationToken cancellation) =>
        (await ReadStreamsAsync(tenantId, streamIds, cancellation))
        .Select(stream => (stream.Key, Events: (IReadOnlyList<RecordedEvent>)[.. stream.Value.Events.Where(recorded => only.Contains(recorded.Data.GetType()))]))
        .Where(stream => stream.Events.Count > 0)
        .ToDictionary(stream => stream.Key, stream => stream.Events);

    /// <summary>Reads the log after a position, in position order, all tenants or one, in pages.</summary>
    IAsyncEnumerable<RecordedEvent> ReadLogAsync(
        long afterPosition, string? tenantId = null, long? upToPosition = null, CancellationToken cancellation = default);

    /// <summary>The first events that <see cref="ReadLogAsync"/> would give, so many at most; nothing beyond them is read.</summary>
    async Task<IReadOnlyList<RecordedEvent>> ReadLogPageAsync(
        long afterPosition, int size, string? tenantId = null, long? upToPosition = null, CancellationToken cancellation = default)
    {
        var page = new List<RecordedEvent>();
        await foreach (var recorded in ReadLogAsync(afterPosition, tenantId, upToPosition, cancellation))
        {
            page.Add(recorded);
            if (page.Count == size)
                break;
        }

        return page;
    }

    /// <summary>The last position of the log (0 when empty) and its stamp.</summary>
    Task<LogEnd> EndOfLogAsync(CancellationToken cancellation);

    /// <summary>
    /// The number of the last event that is recorded, whether it has its position yet or not: once that has one, everything that was acknowledged before
    /// this was asked has one. 0 where nothing is ever recorded without its position.
    /// </summary>
    Task<long> LastSequenceAsync(CancellationToken cancellation) => Task.FromResult(0L);

    /// <summary>
    /// The last position stamped at or before <paramref name="instant"/> (0 when none). Asking again with the same past
    /// instant gives the same position for ever. An instant ahead of the database clock counts as now.
    /// </summary>
    Task<long> PositionAtAsync(DateTimeOffset instant, CancellationToken cancellation);

    /// <summary>A first answer kept under an idempotency key, or null; like what is appended, told only when it is safe.</summary>
    Task<StoredAnswer?> FindAnswerAsync(string tenantId, string actor, string key, CancellationToken cancellation);
}

/// <param name="Position">Dense log position, 0 when the log is empty.</param>
/// <param name="StampedAt">UTC stamp of that position; <see cref="DateTimeOffset.MinValue"/> when empty.</param>
public readonly record struct LogEnd(long Position, DateTimeOffset StampedAt);

/// <summary>One unit of work: every stream in it, or none.</summary>
/// <param name="TenantId">The jurisdiction; never null or empty.</param>
/// <param name="Streams">Streams to append to or to guard, each named at most once.</param>
/// <param name="Metadata">Who, and in which conversation; written on each event.</param>
/// <param name="Answer">The answer to keep under the caller's idempotency key, if one was sent.</param>
public sealed record Append(
    string TenantId, IReadOnlyList<StreamAppend> Streams, AppendMetadata Metadata, StoredAnswer? Answer = null);

/// <param name="StreamId">The stream.</param>
/// <param name="StreamType">Alias of the stream's kind (<c>mt_streams.type</c>), for example <c>referral_duty</c>.</param>
/// <param name="Expected">What must hold before the append.</param>
/// <param name="Events">What to append, in order; empty makes this entry a guard.</param>
/// <param name="CorrelationId">The conversation of these events, when it is not the whole append's.</param>
public sealed record StreamAppend(
    Guid StreamId, string StreamType, ExpectedVersion Expected, IReadOnlyList<NewEvent> Events, string? CorrelationId = null)
{
    /// <summary>A guard: nothing is appended to the stream, and it must be exactly at this version (0: must not exist).</summary>
    public static StreamAppend Unmoved(Guid streamId, string streamType, long version) => new(streamId, streamType, ExpectedVersion.Exactly(version), []);
}

/// <summary>What must hold of a stream before an append.</summary>
public readonly record struct ExpectedVersion
{
    private ExpectedVersion(long? version) => Version = version;

    /// <summary>The exact version, or null for any.</summary>
    public long? Version { get; }

    /// <summary>Serialises behind other writers; never conflicts.</summary>
    public static ExpectedVersion Any => new(null);

    /// <summary>The stream must not exist.</summary>
    public static ExpectedVersion NoStream => new(0);

    /// <summary>The stream must be exactly at this version (0: must not exist).</summary>
    public static ExpectedVersion Exactly(long version) =>
        version >= 0 ? new(version) : throw new ArgumentOutOfRangeException(nameof(version));
}

/// <param name="EventId">UUIDv7 made by the caller; a repeated id is recognised as the same event.</param>
/// <param name="Data">The fact; its type is in the <see cref="EventTypes"/>.</param>
/// <param name="Headers">The circumstances, stored as JSON; null for none.</param>
/// <param name="SubjectId">Whose data key seals the sealed members; null when the event has none.</param>
public sealed record NewEvent(Guid EventId, object Data, object? Headers = null, Guid? SubjectId = null);

/// <param name="UserName">Actor id (<c>user_name</c>).</param>
/// <param name="CorrelationId">The conversation, for example the request.</param>
/// <param name="CausationId">The event or message that led here.</param>
public sealed record AppendMetadata(string UserName, string? CorrelationId = null, string? CausationId = null);

/// <summary>The first answer to a command, kept in the append's own transaction.</summary>
/// <param name="Actor">Whose key it is: keys of different actors never meet.</param>
/// <param name="Key">The caller's <c>Idempotency-Key</c>.</param>
/// <param name="RequestHash">Keyed hash of method, route and body; another hash under the same key is another request.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Body">The answer's JSON, free of personal content.</param>
public sealed record StoredAnswer(string Actor, string Key, byte[] RequestHash, int Status, string Body);

/// <summary>What came of an append.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <param name="Versions">Each stream's version after the append.</param>
    /// <param name="LastSequence">The highest <c>seq_id</c> written (0 when only guards): a token for "at least this".</param>
    public sealed record Appended(IReadOnlyDictionary<Guid, long> Versions, long LastSequence) : AppendResult;

    /// <param name="StreamId">The stream whose expectation did not hold.</param>
    /// <param name="Expected">What was expected.</param>
    /// <param name="Actual">The version found.</param>
    public sealed record Conflict(Guid StreamId, long Expected, long Actual) : AppendResult;

    /// <summary>Somebody answered under this idempotency key first; nothing was appended.</summary>
    public sealed record AnsweredBefore(StoredAnswer Answer) : AppendResult;

    /// <summary>An inline view's uniqueness was broken; nothing was appended.</summary>
    /// <param name="Constraint">Name of the database constraint.</param>
    public sealed record Duplicate(string Constraint) : AppendResult;
}

/// <param name="Version">The stream's version as read, 0 when it does not exist.</param>
/// <param name="Events">Its events, oldest first.</param>
public sealed record StreamEvents(long Version, IReadOnlyList<RecordedEvent> Events);

/// <summary>An event as it is stored.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="StreamId">Its stream.</param>
/// <param name="StreamType">Alias of the stream's kind; null in the log, where looking it up would cost a third of the event.</param>
/// <param name="Version">Its version in the stream, from 1.</param>
/// <param name="EventId">Its identity.</param>
/// <param name="Sequence"><c>seq_id</c>: unique, with gaps; it names the event and orders nothing.</param>
/// <param name="Position">Dense log position; null until the sequencer has placed it.</param>
/// <param name="RecordedAt">Database clock when it was stored, UTC.</param>
/// <param name="Data">The fact, upcast to the newest shape.</param>
/// <param name="Headers">The circumstances as the configured header type; null when stored without.</param>
/// <param name="Metadata">Actor and conversation.</param>
public sealed record RecordedEvent(
    string TenantId,
    Guid StreamId,
    string? StreamType,
    long Version,
    Guid EventId,
    long Sequence,
    long? Position,
    DateTimeOffset RecordedAt,
    object Data,
    object? Headers,
    AppendMetadata Metadata);

/// <summary>A stored event cannot be read: nobody expects this, and nothing may skip it.</summary>
public sealed class UnreadableEventException(Guid streamId, long version, string storedName, string reason, Exception? inner = null)
    : Exception($"Event {version} of stream {streamId} is stored as \"{storedName}\" and cannot be read: {reason}", inner)
{
    /// <summary>Whose event it is; null when it was not read from a store.</summary>
    public string? TenantId { get; internal set; }

    public Guid StreamId { get; } = streamId;

    public long Version { get; } = version;

    public string StoredName { get; } = storedName;
}
