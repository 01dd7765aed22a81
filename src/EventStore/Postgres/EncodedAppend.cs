using CaseFlow.EventStore.Sealing;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>An append as its rows will hold it.</summary>
/// <param name="Append">What was asked.</param>
/// <param name="Streams">Its streams, by id: the order in which appends wait for each other.</param>
/// <param name="Events">The events of each stream.</param>
/// <param name="Inline">Statements of the inline views.</param>
/// <param name="NewKeys">Data keys to store with it.</param>
internal sealed record EncodedAppend(
    Append Append,
    StreamAppend[] Streams,
    EncodedEvent[][] Events,
    IReadOnlyList<NpgsqlBatchCommand> Inline,
    IReadOnlyList<WrappedDataKey> NewKeys)
{
    /// <summary>One stream, its events, at most an answer: what one statement can carry.</summary>
    public bool IsPlain { get; } = Streams.Length == 1 && Events[0].Length > 0 && Inline.Count == 0 && NewKeys.Count == 0;

    /// <summary>The stream of a plain append.</summary>
    public StreamAppend Stream => Streams[0];

    /// <summary>Whether it may wait for others: it is plain and small.</summary>
    public bool CanBeShared => IsPlain && Events[0].Length <= AppendQueue.MostEvents && Size <= AppendQueue.MostBytes;

    private int Size
    {
        get
        {
            var size = 0;
            foreach (var stored in Events[0])
                size += stored.Size;
            return size;
        }
    }

    /// <summary>What a successful plain append answers.</summary>
    public AppendResult.Appended Appended(long version, long lastSequence) =>
        new(new Dictionary<Guid, long>(1) { [Stream.StreamId] = version }, lastSequence);
}
