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

        Add(new BulkEvent(of.StreamId, fresh, of.CorrelationId), of.StreamType);
    }

    /// <summary>The chunk in parts, in order, of so many bytes at most; an event that has more is a part of its own.</summary>
    public IEnumerable<(BulkChunk Part, EncodedEvent[] Encoded)> Parts(EncodedEvent[] encoded, int mostBytes)
    {
        var (first, bytes) = (0, 0L);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (i > first && bytes + encoded[i].Size > mostBytes)
            {
                yield return (Part(first, i), encoded[first..i]);
                (first, bytes) = (i, 0);
            }

            bytes += encoded[i].Size;
        }

        yield return first == 0 ? (this, encoded) : (Part(first, encoded.Length), encoded[first..]);
    }

    private BulkChunk Part(int first, int end)
    {
        var part = new BulkChunk { Repeated = first == 0 ? Repeated : 0 };
        for (var i = first; i < end; i++)
            part.Add(events[i], types[events[i].StreamId]);
        return part;
    }

    private void Add(BulkEvent one, string type)
    {
        events.Add(one);
        types[one.StreamId] = type;
        if (one.Fresh.SubjectId is { } subject)
            subjects.Add(subject);
    }
}

/// <summary>One event of a bulk load.</summary>
internal readonly record struct BulkEvent(Guid StreamId, NewEvent Fresh, string? CorrelationId);
