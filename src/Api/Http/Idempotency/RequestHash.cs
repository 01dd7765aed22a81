using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Http.Idempotency;

/// <summary>
/// Recognises a request without keeping it: HMAC-SHA-256 over method, address, who asks as what, and body. Keyed, because a plain
/// hash of a short body can be guessed back. One person in another role, agency or office, or for another purpose, asks for something else:
/// their rights are others, and so is what is put on record.
/// </summary>
public sealed class RequestHash(IMarkKeys keys)
{
    /// <returns>The hash; no part can run into the next.</returns>
    public byte[] Of(HttpRequest request, Actor actor, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys.Derive(MarkKeys.RequestHash));
        Add(hash, Encoding.UTF8.GetBytes(request.Method));
        Add(hash, Encoding.UTF8.GetBytes($"{request.PathBase}{request.Path}{request.QueryString}"));
        Add(hash, Encoding.UTF8.GetBytes(actor.Jurisdiction));
        Add(hash, Encoding.UTF8.GetBytes(actor.Id));
        Add(hash, Encoding.UTF8.GetBytes($"{actor.Role}"));
        Add(hash, Encoding.UTF8.GetBytes(actor.Agency ?? ""));
        Add(hash, Encoding.UTF8.GetBytes(actor.Office ?? ""));
        Add(hash, Encoding.UTF8.GetBytes($"{actor.Purpose}"));
        Add(hash, body);
        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
