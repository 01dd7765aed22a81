using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CaseFlow.EventStore.Views;

/// <summary>Where a page ended, and the moment all pages of the answer are from.</summary>
/// <param name="At">Moment of the first page, its position filled in.</param>
/// <param name="SortValues">The last row's sort columns, as PostgreSQL writes them.</param>
/// <param name="Key">The last row's key.</param>
public sealed record ViewCursor(ViewInstant At, IReadOnlyList<string> SortValues, string Key)
{
    /// <summary>Against which instant the first page computed what no row holds (time left, overdue); the reader's own.</summary>
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>What the pages before rested on and the next one goes on with, by id; the reader's own.</summary>
    public IReadOnlyList<Guid> Grounds { get; init; } = [];
}

/// <summary>
/// Cursors as opaque text: base64url, authenticated together with the question they belong to. A changed cursor, or one of
/// another question, reads as no cursor at all.
/// </summary>
/// <param name="key">Secret of all nodes, at least 16 bytes.</param>
public sealed class ViewCursors(byte[] key)
{
    private const int TagLength = 16;

    private readonly byte[] key = key.Length >= 16 ? key : throw new ArgumentException("The cursor key is too short.", nameof(key));

    /// <param name="cursor">The cursor.</param>
    /// <param name="question">What the pages answer: view, order, direction, filters, asker's tenant; any stable text.</param>
    /// <returns>Text fit for a link.</returns>
    public string Write(ViewCursor cursor, string question)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(cursor);
        return Base64Url.EncodeToString([.. Tag(body, question), .. body]);
    }

    /// <returns>Whether the text is a cursor that was written for this question.</returns>
    public bool TryRead(string text, string question, [NotNullWhen(true)] out ViewCursor? cursor)
    {
        cursor = null;
        if (text.Length > 8_192 || !Base64Url.IsValid(text))
            return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= TagLength)
            return false;
        var body = bytes.AsSpan(TagLength);
        // The last character may carry unused bits: only the text that was given out is the cursor.
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, TagLength), Tag(body, question)) || Base64Url.EncodeToString(bytes) != text)
            return false;
        cursor = JsonSerializer.Deserialize<ViewCursor>(body)!;
        return true;
    }

    private ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> body, string question)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(question)));
        mac.AppendData(body);
        return mac.GetHashAndReset().AsSpan(0, TagLength);
    }
}
