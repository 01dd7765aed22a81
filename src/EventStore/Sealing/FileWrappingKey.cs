using System.Security.Cryptography;

namespace CaseFlow.EventStore.Sealing;

/// <summary>A wrapping key in a file only its owner may read: for development and single machines.</summary>
public sealed class FileWrappingKey : IWrappingKey, IMarkKeys
{
    private readonly SecretWrappingKey secret;

    private FileWrappingKey(string path, SecretWrappingKey secret) => (Path, this.secret) = (path, secret);

    /// <inheritdoc />
    public string KeyId => secret.KeyId;

    /// <summary>Where the key is; what else must stay outside the database lies beside it (<see cref="KeyHome.Beside"/>).</summary>
    public string Path { get; }

    /// <summary>Reads the key file, or makes it (mode 0600) when there is none; two programs may start at once.</summary>
    /// <exception cref="InvalidOperationException">Others may read the file, or it holds no key.</exception>
    public static FileWrappingKey OpenOrCreate(string path)
    {
        if (!File.Exists(path))
            Create(path);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            throw new InvalidOperationException($"The key file {path} can be read by others: chmod 600 it, and think of it as known.");
        return SecretWrappingKey.Parse("file", File.ReadAllText(path)) is { } secret
            ? new FileWrappingKey(path, secret)
            : throw new InvalidOperationException($"The key file {path} does not hold a 32-byte key in base64.");
    }

    /// <inheritdoc />
    public byte[] Wrap(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> associatedData) => secret.Wrap(dataKey, associatedData);

    /// <inheritdoc />
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associatedData) => secret.Unwrap(wrapped, associatedData);

    /// <inheritdoc />
    public byte[] Derive(string purpose) => secret.Derive(purpose);

    private static void Create(string path)
    {
        var directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        var fresh = System.IO.Path.Combine(directory, $".{System.IO.Path.GetFileName(path)}.{Guid.NewGuid():N}");
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
