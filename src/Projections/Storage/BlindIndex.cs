using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Projections.Storage;

/// <summary>
/// Finds sealed values by equality without storing them: HMAC-SHA-256 under a key of its own per tenant, which no other key
/// opens. The same value gives the same mark after a rebuild; marks of two tenants or kinds cannot be compared.
/// </summary>
public sealed class BlindIndex(IMarkKeys keys)
{
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="kind">What sort of value it is, for example <c>doc-number</c>.</param>
    /// <param name="value">Compared without regard to case, surrounding space and the width of inner space.</param>
    /// <returns>32 bytes.</returns>
    public byte[] MarkOf(string tenantId, string kind, string value)
    {
        var (kindBytes, valueBytes) = (Encoding.UTF8.GetBytes(kind), Encoding.UTF8.GetBytes(Normalised(value)));
        var input = new byte[sizeof(int) + kindBytes.Length + valueBytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(input, kindBytes.Length);
        kindBytes.CopyTo(input, sizeof(int));
        valueBytes.CopyTo(input, sizeof(int) + kindBytes.Length);
        return HMACSHA256.HashData(keys.Derive(MarkKeys.BlindIndexOf(tenantId)), input);
    }

    private static string Normalised(string value) =>
        string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
