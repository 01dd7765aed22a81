using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.EventStore.Sealing;

/// <summary>A wrapping key that the program holds: 32 secret bytes from a file or an environment variable.</summary>
public sealed class SecretWrappingKey : IWrappingKey, IMarkKeys
{
    private readonly byte[] secret;
    private readonly byte[] wrapping;

    private SecretWrappingKey(string kind, byte[] secret)
    {
        (this.secret, wrapping) = (secret, Derive(secret, "wrap-data-keys"));
        KeyId = $"{kind}:{Convert.ToHexStringLower(SHA256.HashData(secret))[..16]}";
    }

    /// <inheritdoc />
    public string KeyId { get; }

    /// <param name="variable">Name of the environment variable that holds 32 bytes in base64.</param>
    /// <exception cref="InvalidOperationException">The variable is not set or holds no key.</exception>
    public static SecretWrappingKey FromVariable(string variable) => Parse("variable", Environment.GetEnvironmentVariable(variable))
        ?? throw new InvalidOperationException($"The environment variable {variable} does not hold a 32-byte key in base64.");

    /// <returns>The key, or null when the text is none.</returns>
    internal static SecretWrappingKey? Parse(string kind, string? base64)
    {
        var bytes = new byte[32];
        return base64 is not null && Convert.TryFromBase64String(base64.Trim(), bytes, out var read) && read == bytes.Length
            ? new SecretWrappingKey(kind, bytes)
            : null;
    }

    /// <inheritdoc />
    public byte[] Wrap(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> associatedData) => Envelope.Seal(wrapping, dataKey, associatedData);

    /// <inheritdoc />
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associatedData) => Envelope.Open(wrapping, wrapped, associatedData);

    /// <inheritdoc />
    public byte[] Derive(string purpose) => Derive(secret, purpose);

    private static byte[] Derive(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes($"caseflow/{purpose}"));
}
