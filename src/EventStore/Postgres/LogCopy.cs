using System.Buffers;
using System.Globalization;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// Reads ranges of the whole log by COPY. The rows are decoded where they lie, in one buffer: a row costs its JSON and little
/// else, where a reader of columns makes an object of every value first.
/// </summary>
internal sealed class LogCopy(NpgsqlDataSource source, StoreSql sql, EventCodec codec)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>The events after a position, up to another, in position order.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAsync(long after, long upTo, CancellationToken cancellation)
    {
        // COPY takes no parameters; both are numbers.
        var statement = sql["Postgres.Statements.copy_log"]
            .Replace("{after}", after.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{up_to}", upTo.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var bytes = await connection.BeginRawBinaryCopyAsync(statement, cancellation);
        var rows = new LogRows(codec);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var filled = 0;
            while (await bytes.ReadAsync(buffer.AsMemory(filled), cancellation) is > 0 and var more)
            {
                filled += more;
                var used = rows.Take(buffer.AsSpan(0, filled));
                filled -= used;
                buffer.AsSpan(used, filled).CopyTo(buffer);
                if (filled == buffer.Length)
                    buffer = Larger(buffer);
            }

            return rows.IsComplete ? rows.Events : throw new IOException("The log's rows ended before their end.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Larger(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
