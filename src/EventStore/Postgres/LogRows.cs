using System.Buffers.Binary;

namespace CaseFlow.EventStore.Postgres;

/// <summary>The rows of <c>copy_log</c>, as their bytes arrive.</summary>
internal sealed class LogRows(EventCodec codec)
{
    private const int Columns = 13;

    private readonly EventCodec codec = codec;
    private readonly RepeatedTexts texts = new();
    private AppendMetadata metadata = new("");
    private bool begun;

    public List<RecordedEvent> Events { get; } = [];

    /// <summary>The last row has been taken.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes every row that is there whole.</summary>
    /// <returns>How many of the bytes are used up.</returns>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        var used = 0;
        if (!begun)
        {
            if (bytes.Length < CopyFormat.Header.Length)
                return 0;
            if (!bytes.StartsWith(CopyFormat.Header))
                throw new IOException("The log's rows begin with an unknown header.");
            (begun, used) = (true, CopyFormat.Header.Length);
        }

        Span<(int At, int Length)> fields = stackalloc (int, int)[Columns];
        while (!IsComplete && bytes.Length - used >= sizeof(short))
        {
            var columns = BinaryPrimitives.ReadInt16BigEndian(bytes[used..]);
            if (columns == CopyFormat.End)
            {
                (IsComplete, used) = (true, used + sizeof(short));
                break;
            }

            if (columns != Columns)
                throw new IOException($"A row of the log has {columns} columns.");
            if (!TryFind(bytes, used + sizeof(short), fields, out var end))
                break;
            Events.Add(new Row(bytes, fields).ToEvent(this));
            used = end;
        }

        return used;
    }

    private static bool TryFind(ReadOnlySpan<byte> bytes, int at, Span<(int At, int Length)> fields, out int end)
    {
        end = at;
        for (var n = 0; n < Columns; n++)
        {
            if (bytes.Length - end < sizeof(int))
                return false;
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes[end..]);
            end += sizeof(int);
            fields[n] = (end, length);
            if (length == CopyFormat.Null)
                continue;
            if (bytes.Length - end < length)
                return false;
            end += length;
        }

        return true;
    }

    private AppendMetadata Metadata(string user, string? correlation, string? causation) =>
        metadata.UserName == user && metadata.CorrelationId == correlation && metadata.CausationId == causation
            ? metadata
            : metadata = new AppendMetadata(user, correlation, causation);

    private readonly ref struct Row(ReadOnlySpan<byte> bytes, ReadOnlySpan<(int At, int Length)> fields)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;
        private readonly ReadOnlySpan<(int At, int Length)> fields = fields;

        public RecordedEvent ToEvent(LogRows rows)
        {
            var (stream, version, id) = (Id(4), Number(2), Id(3));
            var (name, tenant) = (rows.texts.Of(Of(6)), rows.texts.Of(Of(7)));
            try
            {
                return new RecordedEvent(
                    tenant,
                    stream,
                    null,
                    version,
                    id,
                    Number(1),
                    Number(0),
                    Instant(5),
                    rows.codec.Decode(stream, version, id, name, Json(11)),
                    IsNull(12) ? null : rows.codec.DecodeHeaders(stream, version, name, Json(12)),
                    rows.Metadata(TextOrNull(8, rows) ?? "", TextOrNull(9, rows), TextOrNull(10, rows)));
            }
            catch (UnreadableEventException unreadable)
            {
                unreadable.TenantId = tenant;
                throw;
            }
        }

        private bool IsNull(int column) => fields[column].Length == CopyFormat.Null;

        private ReadOnlySpan<byte> Of(int column) => bytes.Slice(fields[column].At, fields[column].Length);

        private long Number(int column) => BinaryPrimitives.ReadInt64BigEndian(Of(column));

        private Guid Id(int column) => new(Of(column), bigEndian: true);

        private string? TextOrNull(int column, LogRows rows) => IsNull(column) ? null : rows.texts.Of(Of(column));

        private DateTimeOffset Instant(int column) => Number(column) switch
        {
            long.MaxValue => DateTimeOffset.MaxValue,
            long.MinValue => DateTimeOffset.MinValue,
            var micros => new DateTimeOffset(CopyFormat.EpochTicks + (micros * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
        };

        private ReadOnlySpan<byte> Json(int column) => Of(column) is [CopyFormat.JsonbVersion, .. var text]
            ? text
            : throw new IOException("A value of the log is not jsonb of a version that is known.");
    }
}
