using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.Domain;

/// <summary>
/// Ids that follow from what they name (RFC 9562 version 8 over SHA-256), so the same thing has the same id wherever and
/// however often it is told, and a stream is found without a look-up.
/// </summary>
public static class NamedId
{
    /// <returns>The id of <paramref name="name"/> within <paramref name="scope"/>.</returns>
    public static Guid Of(Guid scope, string name)
    {
        var input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        scope.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));
        return FromHash(input);
    }

    /// <returns>The id of a list of parts; no part can run into the next.</returns>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        var input = new StringBuilder();
        foreach (var part in parts)
            input.Append(System.Globalization.CultureInfo.InvariantCulture, $"{part.Length}:{part};");
        return FromHash(Encoding.UTF8.GetBytes(input.ToString()));
    }

    private static Guid FromHash(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(input, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
