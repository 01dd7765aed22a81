using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.EventStore.Sealing;

/// <summary>AES-256-GCM as <c>nonce|ciphertext|tag</c>, and the framing of what it is bound to.</summary>
internal static class Envelope
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associatedData)
    {
        var envelope = new byte[NonceSize + plain.Length + TagSize];
        var whole = envelope.AsSpan();
        RandomNumberGenerator.Fill(whole[..NonceSize]);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(whole[..NonceSize], plain, whole[NonceSize..^TagSize], whole[^TagSize..], associatedData);
        return envelope;
    }

    /// <exception cref="CryptographicException">Too short, altered, or of another key or place.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData)
    {
        if (envelope.Length < NonceSize + TagSize)
            throw new CryptographicException("Too short for a sealed value.");
        var plain = new byte[envelope.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(envelope[..NonceSize], envelope[NonceSize..^TagSize], envelope[^TagSize..], plain, associatedData);
        return plain;
    }

    /// <summary>Each part with its length before it, so no part runs into the next.</summary>
    public static byte[] Framed(params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
            size += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        var framed = new byte[size];
        var rest = framed.AsSpan();
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, length);
            rest = rest[(sizeof(int) + length)..];
        }

        return framed;
    }
}
