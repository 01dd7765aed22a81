using System.Text;

namespace CaseFlow.Api.Imports;

/// <summary>
/// The lines of a file one after another, each bounded and strictly UTF-8: a line that is too long or not UTF-8 is told
/// as such, and the next one is read as if nothing had been. Ends are LF or CRLF; a byte order mark is passed over.
/// </summary>
internal sealed class FileLines(Stream file)
{
    /// <summary>Bytes of the longest line that is read.</summary>
    public const int Longest = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly byte[] buffer = new byte[Longest];
    private readonly List<byte> line = [];
    private int start;
    private int end;
    private int number;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <returns>The next line, or null at the end of the file.</returns>
    public FileLine? Next()
    {
        line.Clear();
        var tooLong = false;
        while (true)
        {
            if (start == end && !Fill())
                return line.Count == 0 && !tooLong ? null : Finished(tooLong);

            var rest = buffer.AsSpan(start, end - start);
            var newline = rest.IndexOf((byte)'\n');
            var part = newline < 0 ? rest : rest[..newline];
            var room = Longest - line.Count;
            tooLong |= part.Length > room;
            line.AddRange(part[..Math.Min(part.Length, room)]);
            start += newline < 0 ? part.Length : newline + 1;
            if (newline >= 0)
                return Finished(tooLong);
        }
    }

    private bool Fill()
    {
        (start, end) = (0, file.Read(buffer));
        BytesRead += end;
        return end > 0;
    }

    private FileLine Finished(bool tooLong)
    {
        number++;
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line);
        if (number == 1 && bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.EndsWith("\r"u8))
            bytes = bytes[..^1];
        if (tooLong)
            return new FileLine(number, Encoding.UTF8.GetString(bytes[..RejectedRow.MostContent]), LineFault.TooLong);
        try
        {
            return new FileLine(number, Strict.GetString(bytes), LineFault.None);
        }
        catch (DecoderFallbackException)
        {
            return new FileLine(number, Encoding.Latin1.GetString(bytes), LineFault.NotUtf8);
        }
    }
}

/// <param name="Number">Line of the file, from 1.</param>
/// <param name="Text">Without its end; with a fault, what can be told of it.</param>
/// <param name="Fault">Why it cannot be read as a line.</param>
internal sealed record FileLine(int Number, string Text, LineFault Fault);

internal enum LineFault
{
    None,
    TooLong,
    NotUtf8,
}
