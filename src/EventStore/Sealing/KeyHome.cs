namespace CaseFlow.EventStore.Sealing;

/// <summary>What of the keys lives outside the database: the wrapping keys, the key ring, the lists of erasures and of sealings.</summary>
/// <param name="Wrapping">Today's wrapping key and earlier ones.</param>
/// <param name="Ring">What data keys are wrapped under.</param>
/// <param name="Erasures">What was erased.</param>
/// <param name="Sealings">What was sealed, and what of it was lifted.</param>
public sealed record KeyHome(WrappingKeys Wrapping, KeyRing Ring, ErasureList Erasures, SealingList Sealings)
{
    /// <summary>Ring and list in files beside the key file.</summary>
    public static KeyHome Beside(FileWrappingKey key, params IReadOnlyList<IWrappingKey> previous) =>
        At(new WrappingKeys(key, previous), key.Path);

    /// <summary>Ring and list in a directory of their own.</summary>
    public static KeyHome In(string directory, IWrappingKey key, params IReadOnlyList<IWrappingKey> previous) =>
        At(new WrappingKeys(key, previous), Path.Combine(directory, "keys"));

    /// <summary>A file's ring is beside it; any other key needs a directory (<see cref="In"/>).</summary>
    public static KeyHome Of(IWrappingKey key) => key is FileWrappingKey file
        ? Beside(file)
        : throw new ArgumentException("Only a key file has its ring beside it.", nameof(key));

    private static KeyHome At(WrappingKeys keys, string path) =>
        new(keys, new KeyRing($"{path}.ring", keys), new ErasureList($"{path}.erasures.jsonl"), new SealingList($"{path}.sealings.jsonl"));
}
