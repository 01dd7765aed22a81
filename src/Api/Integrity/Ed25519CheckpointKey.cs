using System.Security.Cryptography;
using CaseFlow.EventStore.Integrity;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace CaseFlow.Api.Integrity;

/// <summary>
/// The key that signs checkpoints (RFC 8032), in a file outside the database that only its owner may read. Whoever has the public
/// key of the day the county began can check every signature without this program.
/// </summary>
public sealed class Ed25519CheckpointKey : ICheckpointKey
{
    private readonly Lazy<Ed25519PrivateKeyParameters> secret;

    private Ed25519CheckpointKey(Func<byte[]> seed) => secret = new(() => new Ed25519PrivateKeyParameters(seed()));

    public string Name => "caseflow-ledger";

    public byte Algorithm => 1;

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

    public bool Verify(byte[] text, byte[] signature)
    {
        if (signature.Length != Ed25519PrivateKeyParameters.SignatureSize)
            return false;
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, secret.Value.GeneratePublicKey());
        verifier.BlockUpdate(text, 0, text.Length);
        return verifier.VerifySignature(signature);
    }

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

    /// <summary>Written whole before it has its name: two programs may start at once, and the first one's key is the key.</summary>
    private static void Create(string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        var fresh = Path.Combine(directory, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(fresh, settings))
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize)));
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
