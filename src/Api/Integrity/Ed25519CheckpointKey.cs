using System.Security.Cryptography;
using CaseFlow.EventStore.Integrity;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace CaseFlow.Api.Integrity;

/// <summary>A public key that checkpoints are checked with (RFC 8032).</summary>
public sealed class Ed25519Verifier : ICheckpointVerifier
{
    private readonly Ed25519PublicKeyParameters key;

    private Ed25519Verifier(Ed25519PublicKeyParameters key) => this.key = key;

    public string Name => Ed25519CheckpointKey.KeyName;

    public byte Algorithm => Ed25519CheckpointKey.KeyAlgorithm;

    public byte[] PublicKey => key.GetEncoded();

    /// <param name="verifierKey">As C2SP's signed-note writes it.</param>
    /// <returns>Null when it is no such key.</returns>
    public static Ed25519Verifier? Parse(string verifierKey)
    {
        if (verifierKey.Split('+', 3) is not [Ed25519CheckpointKey.KeyName, _, var encoded])
            return null;
        var bytes = new byte[1 + Ed25519PublicKeyParameters.KeySize];
        if (!Convert.TryFromBase64String(encoded, bytes, out var written) || written != bytes.Length || bytes[0] != Ed25519CheckpointKey.KeyAlgorithm)
            return null;
        try
        {
            var parsed = new Ed25519Verifier(new Ed25519PublicKeyParameters(bytes, 1));
            return SignedNote.VerifierKeyOf(parsed) == verifierKey ? parsed : null;
        }
        catch (ArgumentException)
        {
            return null; // Not every 32 bytes are a point of the curve.
        }
    }

    public bool Verify(byte[] text, byte[] signature) => Verify(key, text, signature);

    internal static bool Verify(Ed25519PublicKeyParameters key, byte[] text, byte[] signature)
    {
        if (signature.Length != Ed25519PrivateKeyParameters.SignatureSize)
            return false;
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, key);
        verifier.BlockUpdate(text, 0, text.Length);
        return verifier.VerifySignature(signature);
    }
}

/// <summary>
/// A key that signs checkpoints (RFC 8032), in a file outside the database that only its owner may read. Whoever has the public
/// key of the day the county began can check every signature without this program.
/// </summary>
public sealed class Ed25519CheckpointKey : ICheckpointKey
{
    internal const string KeyName = "caseflow-ledger";
    internal const byte KeyAlgorithm = 1;

    private readonly Lazy<Ed25519PrivateKeyParameters> secret;

    private Ed25519CheckpointKey(Func<byte[]> seed) => secret = new(() => new Ed25519PrivateKeyParameters(seed()));

    public string Name => KeyName;

    public byte Algorithm => KeyAlgorithm;

    public byte[] PublicKey => secret.Value.GeneratePublicKey().GetEncoded();

    /// <summary>The key in a file, which is made (mode 0600) when it is first needed and there is none.</summary>
    public static Ed25519CheckpointKey In(string path) => new(() => ReadOrCreate(path));

    /// <param name="seed">32 bytes.</param>
    public static Ed25519CheckpointKey Of(byte[] seed) => new(() => seed);

    public byte[] Sign(byte[] text)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, secret.Value);
        signer.BlockUpdate(text, 0, text.Length);
        return signer.GenerateSignature();
    }

    public bool Verify(byte[] text, byte[] signature) => Ed25519Verifier.Verify(secret.Value.GeneratePublicKey(), text, signature);

    private static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
            Create(path);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            throw new InvalidOperationException($"The key file {path} can be read by others: chmod 600 it, and think of it as known.");
        var seed = new byte[Ed25519PrivateKeyParameters.KeySize];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), seed, out var written) && written == seed.Length
            ? seed
            : throw new InvalidOperationException($"The key file {path} does not hold 32 bytes in base64.");
    }

    /// <summary>Written whole, and on the disk, before it has its name: two programs may start at once, and the first one's key is the key.</summary>
    private static void Create(string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        var fresh = Path.Combine(directory, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, settings))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(fresh, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(fresh);
        }
    }
}
