namespace CaseFlow.EventStore.Postgres;

/// <summary>The events of one transaction of a bulk load.</summary>
internal sealed class BulkChunk
{
    private readonly List<BulkEvent> events = [];
    private readonly Dictionary<Guid, string> types = [];
    private readonly HashSet<Guid> subjects = [];
    private readonly Dictionary<Guid, Guid> streamOf = [];

    public IReadOnlyList<BulkEvent> Events => events;

    /// <summary>Every stream of the chunk, with its kind.</summary>
    public IReadOnlyDictionary<Guid, string> Streams => types;

    /// <summary>Whose data keys it needs.</summary>
    public IReadOnlyCollection<Guid> Subjects => subjects;

    /// <summary>How many came a second time.</summary>
    public int Repeated { get; private set; }

    /// <exception cref="InvalidOperationException">The same id came in another stream.</exception>
    public void Add(BulkEvents of, NewEvent fresh)
    {
        if (!streamOf.TryAdd(fresh.EventId, of.StreamId))
        {
            Repeated++;
            if (streamOf[fresh.EventId] != of.StreamId)
                throw new InvalidOperationException($"The event id {fresh.EventId} names two events of this load.");
            return;
        }

        events.Add(new BulkEvent(of.StreamId, fresh, of.CorrelationId));
        types[of.StreamId] = of.StreamType;
        if (fresh.SubjectId is { } subject)
            subjects.Add(subject);
    }
}

/// <summary>One event of a bulk load.</summary>
internal readonly record struct BulkEvent(Guid StreamId, NewEvent Fresh, string? CorrelationId);
