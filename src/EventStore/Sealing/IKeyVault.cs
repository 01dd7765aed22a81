namespace CaseFlow.EventStore.Sealing;

/// <summary>Wraps and unwraps data keys with a key that lives outside the database.</summary>
/// <remarks>A file in development; PKCS#11 or a cloud service behind the same interface elsewhere.</remarks>
public interface IWrappingKey
{
    /// <summary>Stable name of the key, stored beside what it wraps.</summary>
    string KeyId { get; }

    byte[] Wrap(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> associatedData);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Not wrapped by this key, or altered.</exception>
    byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associatedData);

    /// <summary>A 32-byte key for one purpose (blind index, request hashes), derived and never stored.</summary>
    byte[] Derive(string purpose);
}

/// <summary>
/// Seals and opens single members. A token is self-describing text
/// <c>v1.{subject}.{event}.{member}.{base64url(nonce|ciphertext|tag)}</c>, AES-256-GCM under the subject's data key with
/// tenant, subject, event id and member name as associated data: moved anywhere else, it does not open.
/// </summary>
public interface ISealer
{
    string Seal(SealPlace place, ReadOnlySpan<byte> plain);

    /// <exception cref="SealBrokenException">Key destroyed or missing, or token altered or moved.</exception>
    byte[] Open(string tenantId, string token);
}

/// <param name="TenantId">The jurisdiction.</param>
/// <param name="SubjectId">Whose key: the client, or the record of a person not yet identified.</param>
/// <param name="EventId">The event that holds the member.</param>
/// <param name="Member">Stable member name, for example <c>name</c>.</param>
public readonly record struct SealPlace(string TenantId, Guid SubjectId, Guid EventId, string Member);

public sealed class SealBrokenException(string message, Exception? inner = null) : Exception(message, inner);
