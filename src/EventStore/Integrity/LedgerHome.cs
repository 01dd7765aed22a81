using System.Globalization;

namespace CaseFlow.EventStore.Integrity;

/// <summary>What of the ledger lives outside the database.</summary>
/// <param name="Keys">Sign checkpoints.</param>
/// <param name="Outside">The copy of the checkpoints.</param>
/// <param name="Successions">Which key followed which.</param>
public sealed record LedgerHome(ISigningKeys Keys, CheckpointFile Outside, SuccessionFile Successions)
{
    /// <summary>How long a tree that has grown waits for its signature. Who changes history sooner is caught by the leaves alone.</summary>
    public TimeSpan SignEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The key on this node. Whether it is today's, the chain says.</summary>
    public ICheckpointKey Key => Keys.Current;

    /// <summary>Ends what a rotation left that was killed after it had named its key.</summary>
    /// <returns>Whether there was anything to end.</returns>
    internal bool PutSuccessorInPlace(KeyChain chain)
    {
        if (chain.EndsWith(Keys.Current) || Keys.Next is not { } next || !chain.EndsWith(next))
            return false;
        Keys.PutNextInPlace();
        return true;
    }

    /// <returns>Why this node signs nothing: it has missed a rotation, or its key is another one. Null when it signs.</returns>
    internal string? WhyNotSigning(KeyChain chain) => chain.EndsWith(Keys.Current)
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Key {chain.Today.Number} of the ledger signs{(chain.Today.From is { } from ? $" since {from:u}" : "")}; the key on this node is another one: bring today's key here.");
}
