using System.Globalization;

namespace CaseFlow.EventStore.Integrity;

/// <summary>The chain of keys as a verification saw it, which goes on while keys are replaced.</summary>
internal sealed class LedgerKeysSeen(KeyChain chain, Func<CancellationToken, Task<KeyChain>> again)
{
    /// <summary>As often as this a chain may have grown meanwhile; not for each of a thousand checkpoints that nobody signed.</summary>
    private const int MostLooks = 3;

    private int looks;

    public KeyChain Chain { get; private set; } = chain;

    /// <returns>The checkpoint; null when no key of the ledger signed it, or only one that had been replaced.</returns>
    public async Task<Checkpoint?> OpenAsync(string note, CancellationToken cancellation)
    {
        if (Chain.Open(note) is { } checkpoint)
            return checkpoint;
        if (looks++ >= MostLooks)
            return null;
        Chain = await again(cancellation);
        return Chain.Open(note);
    }

    /// <returns>What is wrong with a note that does not open.</returns>
    public (HistoryDefect Defect, string Why) WhyNot(string note) => Chain.ReplacedSignerOf(note) is { } replaced
        ? (HistoryDefect.KeyReplaced, string.Create(CultureInfo.InvariantCulture, $"is signed with key {replaced.Number}, which signs nothing beyond {replaced.LastSize} events"))
        : (HistoryDefect.SignatureInvalid, "is signed by no key of the ledger, or was changed");
}
