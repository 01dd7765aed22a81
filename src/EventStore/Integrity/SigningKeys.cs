namespace CaseFlow.EventStore.Integrity;

/// <summary>Knows the signatures of one key again, by its public half.</summary>
public interface ICheckpointVerifier
{
    /// <summary>Who signs, as the signature's line says; without spaces and plus signs.</summary>
    string Name { get; }

    /// <summary>The byte of C2SP's signed-note for the algorithm; 1 for Ed25519.</summary>
    byte Algorithm { get; }

    /// <summary>The public key.</summary>
    byte[] PublicKey { get; }

    /// <returns>Whether a signature is this key's.</returns>
    bool Verify(byte[] text, byte[] signature);
}

/// <summary>Signs checkpoints, and the statement that names its successor. The key lies outside the database.</summary>
public interface ICheckpointKey : ICheckpointVerifier
{
    /// <returns>The signature of a text.</returns>
    byte[] Sign(byte[] text);
}

/// <summary>The key that signs on this node, and the one that was made to follow it.</summary>
public interface ISigningKeys
{
    /// <summary>Read anew each time, because another node may have put the successor in its place; made when there is none.</summary>
    ICheckpointKey Current { get; }

    /// <summary>A key that was made to be the next and signs nothing yet; null when there is none.</summary>
    ICheckpointKey? Next { get; }

    /// <returns><see cref="Next"/>, made when there is none; on the disk when this returns.</returns>
    ICheckpointKey MakeNext();

    /// <summary>The next key takes the place of the current one, whose bytes are overwritten; on the disk when this returns.</summary>
    void PutNextInPlace();

    /// <param name="verifierKey">As <see cref="SignedNote.VerifierKeyOf"/> writes it.</param>
    /// <returns>Null when it is no such key.</returns>
    ICheckpointVerifier? VerifierOf(string verifierKey);
}
