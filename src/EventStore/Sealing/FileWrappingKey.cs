using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.EventStore.Sealing;

/// <summary>A wrapping key in a file only its owner may read: for development and single machines.</summary>
public sealed class FileWrappingKey : IWrappingKey
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] key;

    private FileWrappingKey(byte[] key)
    {
        this.key = key;
        KeyId = $"file:{Convert.ToHexStringLower(SHA256.HashData(key))[..16]}";
    }

    /// <inheritdoc />
    public string KeyId { get; }

    /// <summary>Reads the key file, or makes it (mode 0600) when there is none; two programs may start at once.</summary>
    /// <exception cref="InvalidOperationException">Others may read the file, or it holds no key.</exception>
    public static FileWrappingKey OpenOrCreate(string path)
    {
        if (!File.Exists(path))
            Create(path);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            throw new InvalidOperationException($"The key file {path} can be read by others: chmod 600 it, and think of it as known.");
        var bytes = new byte[32];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), bytes, out var read) && read == bytes.Length
            ? new FileWrappingKey(bytes)
            : throw new InvalidOperationException($"The key file {path} does not hold a 32-byte key in base64.");
    }

    /// <inheritdoc />
    public byte[] Wrap(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> associatedData)
    {
        var wrapped = new byte[NonceSize + dataKey.Length + TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(WrappingPart(), TagSize);
        cipher.Encrypt(
            wrapped.AsSpan(0, NonceSize), dataKey, wrapped.AsSpan(NonceSize, dataKey.Length),
            wrapped.AsSpan(NonceSize + dataKey.Length), associatedData);
        return wrapped;
    }

    /// <inheritdoc />
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associatedData)
    {
        if (wrapped.Length < NonceSize + TagSize)
            throw new CryptographicException("Too short for a wrapped key.");
        var plain = new byte[wrapped.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(WrappingPart(), TagSize);
        cipher.Decrypt(wrapped[..NonceSize], wrapped[NonceSize..^TagSize], wrapped[^TagSize..], plain, associatedData);
        return plain;
    }

    /// <inheritdoc />
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes($"caseflow/{purpose}"));

    private byte[] WrappingPart() => Derive("wrap-data-keys");

    private static void Create(string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        var fresh = Path.Combine(directory, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(fresh, settings))
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        try
        {
            File.Move(fresh, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(fresh); // Another program made it first: theirs is the key.
        }
    }
}
