using CaseFlow.EventStore.Integrity;

namespace CaseFlow.Api.Integrity;

/// <summary>The key that signs in its file, and beside it, while a rotation is under way, the next one.</summary>
/// <param name="path">Where the key is.</param>
public sealed class Ed25519SigningKeys(string path) : ISigningKeys
{
    private readonly string next = $"{path}.next";

    public ICheckpointKey Current => Ed25519CheckpointKey.In(path);

    public ICheckpointKey? Next => File.Exists(next) ? Ed25519CheckpointKey.In(next) : null;

    public ICheckpointKey MakeNext()
    {
        var made = Ed25519CheckpointKey.In(next);
        _ = made.PublicKey;
        return made;
    }

    public void PutNextInPlace()
    {
        using var replaced = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        File.Move(next, path, overwrite: true);
        using (var placed = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
            placed.Flush(flushToDisk: true);
        replaced.Write(new byte[replaced.Length]);
        replaced.Flush(flushToDisk: true);
    }

    public ICheckpointVerifier? VerifierOf(string verifierKey) => Ed25519Verifier.Parse(verifierKey);
}
