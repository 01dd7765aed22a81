using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>Turns appends into what their rows hold, inline views' rows included.</summary>
internal sealed class AppendEncoder(EventCodec codec, IReadOnlyList<IInlineView> inlineViews)
{
    public EncodedAppend Encode(Append append, AppendKeys? keys)
    {
        StreamAppend[] streams = [.. append.Streams];
        if (streams.Length > 1)
            Array.Sort(streams, static (one, other) => one.StreamId.CompareTo(other.StreamId));
        var events = new EncodedEvent[streams.Length][];
        List<NpgsqlBatchCommand>? inline = null;
        for (var i = 0; i < streams.Length; i++)
        {
            events[i] = Encode(append.TenantId, streams[i].Events, keys);
            for (var j = 0; j < events[i].Length; j++)
            {
                AddInlineRows(
                    ref inline, append.TenantId, streams[i].StreamId, streams[i].Expected.Version + j + 1, events[i][j], streams[i].Events[j].Headers, keys);
            }
        }

        return new EncodedAppend(append, streams, events, inline ?? [], keys?.Added ?? []);
    }

    private EncodedEvent[] Encode(string tenantId, IReadOnlyList<NewEvent> events, AppendKeys? keys)
    {
        var encoded = new EncodedEvent[events.Count];
        for (var i = 0; i < encoded.Length; i++)
            encoded[i] = codec.Encode(tenantId, events[i], keys);
        return encoded;
    }

    public EncodedEvent[] Encode(string tenantId, BulkChunk chunk, AppendKeys? keys)
    {
        var encoded = new EncodedEvent[chunk.Events.Count];
        for (var i = 0; i < encoded.Length; i++)
            encoded[i] = codec.Encode(tenantId, chunk.Events[i].Fresh, keys);
        return encoded;
    }

    /// <summary>Rows are made from the events as stored: a view holds the same ciphertext at once and after a rebuild.</summary>
    public void AddInlineRows(
        ref List<NpgsqlBatchCommand>? inline, string tenantId, Guid streamId, long? version, EncodedEvent stored, object? headers, AppendKeys? keys)
    {
        if (inlineViews.Count == 0)
            return;
        var data = codec.Decode(streamId, version ?? 0, stored.EventId, stored.TypeName, stored.Data);
        var appended = new InlineEvent(tenantId, streamId, version, stored.EventId, data) { Headers = headers };
        foreach (var view in inlineViews)
        {
            using var scope = SealingScope.ForOpening(keys);
            foreach (var row in view.RowsFor(appended))
                (inline ??= []).Add(row);
        }
    }
}
