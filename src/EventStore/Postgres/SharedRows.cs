namespace CaseFlow.EventStore.Postgres;

/// <summary>The rows of appends that share a transaction, as the arrays of its statement.</summary>
internal sealed class SharedRows
{
    private readonly EncodedAppend[] byStream;

    /// <param name="appends">Plain appends of one tenant.</param>
    public SharedRows(IReadOnlyList<EncodedAppend> appends)
    {
        byStream = [.. appends];
        Array.Sort(byStream, static (one, other) => one.Stream.StreamId.CompareTo(other.Stream.StreamId));
        var count = 0;
        foreach (var append in byStream)
            count += append.Events[0].Length;
        (Events, Streams, BeforeEnds) = (new EncodedEvent[count], new Guid[count], new long[count]);
        (Correlations, Causations, UserNames) = (new string?[count], new string?[count], new string[count]);
        LastIds = new Guid[byStream.Length];
        List<StreamAppend> moved = [], created = [], joined = [];
        List<long> movedCounts = [], createdCounts = [], joinedCounts = [];
        List<StoredAnswer> answers = [];
        List<Guid> answered = [];
        var at = 0;
        for (var i = 0; i < byStream.Length; i++)
        {
            var append = byStream[i];
            var (stream, events) = (append.Stream, append.Events[0]);
            var (streams, counts) = stream.Expected.Version switch
            {
                null => (joined, joinedCounts),
                0 => (created, createdCounts),
                _ => (moved, movedCounts),
            };
            if (streams.Count > 0 && streams[^1].StreamId == stream.StreamId)
            {
                counts[^1] += events.Length;
            }
            else
            {
                streams.Add(stream);
                counts.Add(events.Length);
            }

            if (append.Append.Answer is { } answer)
            {
                answers.Add(answer);
                answered.Add(stream.StreamId);
            }

            var metadata = append.Append.Metadata;
            foreach (var stored in events)
            {
                (Events[at], Streams[at]) = (stored, stream.StreamId);
                (Correlations[at], Causations[at], UserNames[at]) =
                    (stream.CorrelationId ?? metadata.CorrelationId, metadata.CausationId, metadata.UserName);
                at++;
            }

            LastIds[i] = events[^1].EventId;
        }

        CountBack();
        (Answers, Answered) = ([.. answers], [.. answered]);
        (Moved, Created, Joined) = (new(moved, movedCounts), new(created, createdCounts), new(joined, joinedCounts));
    }

    public EncodedEvent[] Events { get; }

    public Guid[] Streams { get; }

    /// <summary>How many versions before the stream's new end each event stands.</summary>
    public long[] BeforeEnds { get; }

    public string?[] Correlations { get; }

    public string?[] Causations { get; }

    public string[] UserNames { get; }

    public Guid[] LastIds { get; }

    public StoredAnswer[] Answers { get; }

    /// <summary>The stream of each answer.</summary>
    public Guid[] Answered { get; }

    public Heads Moved { get; }

    public Heads Created { get; }

    public Heads Joined { get; }

    private void CountBack()
    {
        for (var i = Streams.Length - 2; i >= 0; i--)
            BeforeEnds[i] = Streams[i] == Streams[i + 1] ? BeforeEnds[i + 1] + 1 : 0;
    }

    /// <summary>Streams of one kind of expectation.</summary>
    internal sealed class Heads(List<StreamAppend> streams, List<long> counts)
    {
        public Guid[] Ids { get; } = [.. streams.ConvertAll(stream => stream.StreamId)];

        public long[] Counts { get; } = [.. counts];

        public long[] Expected { get; } = [.. streams.ConvertAll(stream => stream.Expected.Version ?? 0)];

        public string[] Types { get; } = [.. streams.ConvertAll(stream => stream.StreamType)];
    }
}
