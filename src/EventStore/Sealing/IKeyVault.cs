namespace CaseFlow.EventStore.Sealing;

/// <summary>Wraps and unwraps data keys with a key that lives outside the database.</summary>
/// <remarks>
/// A file, an environment variable, a PKCS#11 token or a key service. It wraps a few small things only (the key ring, the keys
/// of marks), so a slow one costs nothing per client.
/// </remarks>
public interface IWrappingKey
{
    /// <summary>Stable name of the key, stored beside what it wraps.</summary>
    string KeyId { get; }

    byte[] Wrap(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> associatedData);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Not wrapped by this key, or altered.</exception>
    byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associatedData);

}

/// <summary>The keys of marks: what recognises a value (blind index, request hashes) without opening anything.</summary>
public interface IMarkKeys
{
    /// <summary>The 32-byte key of one purpose; the same for ever, whatever wraps it.</summary>
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

    /// <exception cref="KeyDestroyedException">The key is destroyed or missing.</exception>
    /// <exception cref="SealDamagedException">The token, or the row of its key, was altered or moved.</exception>
    /// <exception cref="KeysUnreadableException">The keys are not here.</exception>
    byte[] Open(string tenantId, string token);
}

/// <param name="TenantId">The jurisdiction.</param>
/// <param name="SubjectId">Whose key: the client, or the record of a person not yet identified.</param>
/// <param name="EventId">The event that holds the member.</param>
/// <param name="Member">Stable member name, for example <c>name</c>.</param>
public readonly record struct SealPlace(string TenantId, Guid SubjectId, Guid EventId, string Member);

/// <summary>Something sealed does not open, or cannot be sealed.</summary>
public class SealBrokenException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The key ring, or a key, does not open with what this program was given, or the ring is not where it was: nothing can be opened or sealed under it until the
/// program is given the right ones. Nothing is lost by it.
/// </summary>
public sealed class KeysUnreadableException(string message, Exception? inner = null) : SealBrokenException(message, inner);

/// <summary>
/// A token, or the row of the key that it is sealed under, was altered or moved: no key opens it and no asking again, and it is not gone as what was erased is.
/// Whoever reads is shown that it is damaged, and nothing is compared with it.
/// </summary>
public sealed class SealDamagedException(string message, Exception? inner = null) : SealBrokenException(message, inner);

/// <summary>The subject's key is destroyed, or was never made: what it sealed is gone, and nothing can be sealed under it.</summary>
public sealed class KeyDestroyedException(string tenantId, Guid subjectId)
    : SealBrokenException("The subject's key is destroyed or was never made.")
{
    /// <summary>The jurisdiction.</summary>
    public string TenantId { get; } = tenantId;

    /// <summary>Whose key.</summary>
    public Guid SubjectId { get; } = subjectId;
}
