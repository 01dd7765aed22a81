using System.Globalization;

namespace CaseFlow.EventStore.Integrity;

/// <summary>A key of the ledger, and what it may sign.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Verifier">The public key.</param>
/// <param name="From">When it took its place, UTC; null for the first.</param>
/// <param name="Succession">The note by which the key before names it; null for the first.</param>
/// <param name="Until">When the next took its place, UTC; null for today's.</param>
/// <param name="LastSize">Events of the largest checkpoint that it signs; null for today's.</param>
public sealed record LedgerKey(int Number, ICheckpointVerifier Verifier, DateTimeOffset? From, string? Succession, DateTimeOffset? Until, long? LastSize)
{
    /// <returns>Whether a checkpoint of so many events may bear its signature: not after it was replaced, whoever has it since.</returns>
    public bool MaySign(long size) => LastSize is null || size <= LastSize;
}

/// <summary>
/// The keys of one ledger, each named by the one before. Whoever kept the first (or any) of them tells with this alone, and without the program, which
/// signatures are the ledger's.
/// </summary>
public sealed class KeyChain
{
    private KeyChain(IReadOnlyList<LedgerKey> keys) => Keys = keys;

    /// <summary>All of them, the first one first.</summary>
    public IReadOnlyList<LedgerKey> Keys { get; }

    /// <summary>The one that signs.</summary>
    public LedgerKey Today => Keys[^1];

    /// <summary>Follows the statements from a key that is trusted.</summary>
    /// <param name="origin">Which history.</param>
    /// <param name="first">The trusted key.</param>
    /// <param name="successions">The notes, the first one first.</param>
    /// <param name="verifierOf">Reads a public key: <see cref="ISigningKeys.VerifierOf"/>.</param>
    /// <exception cref="KeyChainBrokenException">One of them is not signed by the key before, or does not follow from it.</exception>
    public static KeyChain Follow(
        string origin, ICheckpointVerifier first, IReadOnlyList<string> successions, Func<string, ICheckpointVerifier?> verifierOf)
    {
        var keys = new List<LedgerKey> { new(1, first, From: null, Succession: null, Until: null, LastSize: null) };
        foreach (var note in successions)
        {
            var last = keys[^1];
            var (stated, successor) = Check(origin, last, note, verifierOf);
            if (keys.Any(known => IsSame(known.Verifier, successor)))
                throw Broken(last.Number + 1, "names a key that was replaced before");
            keys[^1] = last with { Until = stated.At, LastSize = stated.Size };
            keys.Add(new LedgerKey(stated.Number, successor, stated.At, note, Until: null, LastSize: null));
        }

        return new KeyChain(keys);
    }

    /// <returns>Whether a key is today's.</returns>
    public bool EndsWith(ICheckpointVerifier key) => IsSame(Today.Verifier, key);

    /// <returns>The checkpoint; null when none of the keys signed it, or only one that had been replaced.</returns>
    public Checkpoint? Open(string note) => Find(note)?.Checkpoint;

    /// <returns>The key that a note's checkpoint is checked with; null when there is none.</returns>
    public LedgerKey? SignerOf(string note) => Find(note)?.Key;

    /// <returns>The key whose signature comes after its successor took its place; null when the note bears none such.</returns>
    public LedgerKey? ReplacedSignerOf(string note) =>
        Find(note) is null ? Keys.FirstOrDefault(key => SignedNote.Open(note, key.Verifier) is not null) : null;

    private (Checkpoint Checkpoint, LedgerKey Key)? Find(string note)
    {
        // Mostly it is the last one or the one before.
        for (var at = Keys.Count - 1; at >= 0; at--)
        {
            if (SignedNote.Open(note, Keys[at].Verifier) is { } checkpoint && Keys[at].MaySign(checkpoint.Size))
                return (checkpoint, Keys[at]);
        }

        return null;
    }

    private static (KeySuccession Stated, ICheckpointVerifier Successor) Check(
        string origin, LedgerKey last, string note, Func<string, ICheckpointVerifier?> verifierOf)
    {
        var number = last.Number + 1;
        if (KeySuccession.In(note) is not { } stated)
            throw Broken(number, "cannot be read");
        if (stated.Origin != origin)
            throw Broken(number, $"is of {stated.Origin}, and this is {origin}");
        if (stated.Number != number || stated.Previous != SignedNote.VerifierKeyOf(last.Verifier))
            throw Broken(number, "does not follow from the key before");
        if (!SignedNote.IsSignedBy(note, last.Verifier))
            throw Broken(number, "is not signed by the key before");
        if (verifierOf(stated.Successor) is not { } successor || !SignedNote.IsSignedBy(note, successor))
            throw Broken(number, "is not signed by the key that it names");
        return (stated, successor);
    }

    private static bool IsSame(ICheckpointVerifier one, ICheckpointVerifier other) => one.PublicKey.AsSpan().SequenceEqual(other.PublicKey);

    private static KeyChainBrokenException Broken(int number, string how) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The statement that names key {number} of the ledger {how}."));
}

/// <summary>The keys of the ledger do not follow from each other, or this node has not the one that signs today: nothing is signed until that is settled.</summary>
public sealed class KeyChainBrokenException(string problem) : Exception(problem);
