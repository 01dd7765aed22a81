using System.Buffers;
using System.Buffers.Binary;
using System.Data;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// Rows on their way into a table by COPY, each value written where it is sent from. What is not completed is given up whole.
/// </summary>
internal sealed class CopyWriter : IAsyncDisposable
{
    private const int SentAt = 48 * 1024;
    private const int BufferSize = 64 * 1024;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlRawCopyStream stream;
    private readonly int columns;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int filled;
    private bool completed;

    private CopyWriter(NpgsqlConnection connection, NpgsqlRawCopyStream stream, int columns)
    {
        (this.connection, this.stream, this.columns) = (connection, stream, columns);
        CopyFormat.Header.CopyTo(buffer);
        filled = CopyFormat.Header.Length;
    }

    /// <param name="connection">In the transaction that the rows belong to.</param>
    /// <param name="statement">COPY from standard input in the binary format.</param>
    /// <param name="columns">How many columns it names.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<CopyWriter> BeginAsync(NpgsqlConnection connection, string statement, int columns, CancellationToken cancellation) =>
        new(connection, await connection.BeginRawBinaryCopyAsync(statement, cancellation), columns);

    /// <summary>Begins a row, after what is due of the rows before has been sent; its values follow in the order of the columns.</summary>
    public async ValueTask BeginRowAsync(CancellationToken cancellation)
    {
        if (filled > SentAt)
            await SendAsync(cancellation);
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), (short)columns);
    }

    public void Write(bool value) => Value(1)[0] = value ? (byte)1 : (byte)0;

    public void Write(long value) => BinaryPrimitives.WriteInt64BigEndian(Value(sizeof(long)), value);

    public void Write(Guid value) => value.TryWriteBytes(Value(16), bigEndian: true, out _);

    /// <summary>An instant in UTC, in whole microseconds; the two ends are the infinities.</summary>
    public void Write(DateTimeOffset value) => Write(
        value == DateTimeOffset.MaxValue ? long.MaxValue
        : value == DateTimeOffset.MinValue ? long.MinValue
        : (value.UtcTicks - CopyFormat.EpochTicks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>A date; the two ends are the infinities.</summary>
    public void Write(DateOnly value) => BinaryPrimitives.WriteInt32BigEndian(
        Value(sizeof(int)),
        value == DateOnly.MaxValue ? int.MaxValue : value == DateOnly.MinValue ? int.MinValue : value.DayNumber - CopyFormat.EpochDay);

    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }

        // Room for the longest that it can be, so that it is encoded once; what it does not need is given back.
        var start = filled;
        var length = CopyFormat.Text.GetBytes(value, Room(sizeof(int) + CopyFormat.Text.GetMaxByteCount(value.Length))[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(start), length);
        filled = start + sizeof(int) + length;
    }

    /// <param name="json">UTF-8.</param>
    public void WriteJson(byte[]? json)
    {
        if (json is null)
        {
            WriteNull();
            return;
        }

        var value = Value(json.Length + 1);
        value[0] = CopyFormat.JsonbVersion;
        json.CopyTo(value[1..]);
    }

    /// <summary>A value of a column of a view, of the type that the column has.</summary>
    /// <exception cref="ArgumentException">No column has this type.</exception>
    public void Write(object? value)
    {
        switch (value)
        {
            case null:
                WriteNull();
                break;
            case string text:
                Write(text);
                break;
            case Guid id:
                Write(id);
                break;
            case long number:
                Write(number);
                break;
            case bool flag:
                Write(flag);
                break;
            case DateTimeOffset instant:
                Write(instant);
                break;
            case DateOnly date:
                Write(date);
                break;
            case string[] texts:
                Write(texts);
                break;
            default:
                throw new ArgumentException($"No column is of type {value.GetType()}.", nameof(value));
        }
    }

    /// <summary>Sends what is left and makes the rows part of the transaction.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), CopyFormat.End);
        await SendAsync(cancellation);
        completed = true;
        await stream.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        if (!completed && connection.State is ConnectionState.Open)
            await stream.CancelAsync();
    }

    private void Write(string[] texts)
    {
        const int textType = 25;
        var start = filled;
        Room(sizeof(int));
        Int(texts.Length == 0 ? 0 : 1);
        Int(0);
        Int(textType);
        if (texts.Length > 0)
        {
            Int(texts.Length);
            Int(1);
        }

        foreach (var text in texts)
            Write(text);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(start), filled - start - sizeof(int));
    }

    private void WriteNull() => BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), CopyFormat.Null);

    private void Int(int value) => BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), value);

    private Span<byte> Value(int length)
    {
        var room = Room(sizeof(int) + length);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        return room[sizeof(int)..];
    }

    private Span<byte> Room(int length)
    {
        if (buffer.Length - filled < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, filled + length));
            buffer.AsSpan(0, filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        var room = buffer.AsSpan(filled, length);
        filled += length;
        return room;
    }

    private async ValueTask SendAsync(CancellationToken cancellation)
    {
        await stream.WriteAsync(buffer.AsMemory(0, filled), cancellation);
        filled = 0;
    }
}
