using System.Globalization;

namespace CaseFlow.EventStore.Integrity;

/// <summary>The statements that name the ledger's keys, as the database and the file outside have them.</summary>
internal sealed class KeyChainRecords(LedgerTables tables, LedgerHome home)
{
    /// <returns>The chain of both; where only one of them goes on, that one's.</returns>
    /// <exception cref="KeyChainBrokenException">They differ, or do not follow from each other.</exception>
    public async Task<KeyChain> ReadAsync(string origin, CancellationToken cancellation)
    {
        var (inside, outside) = await BothAsync(cancellation);
        return Follow(origin, inside.Count > outside.Count ? inside : outside);
    }

    /// <summary>Reads the chain, and completes what a crash, or a restore of either, has left behind. Under the ledger's lock.</summary>
    /// <exception cref="KeyChainBrokenException">They differ, or do not follow from each other; nothing was changed.</exception>
    public async Task<KeyChain> MendAsync(string origin, CancellationToken cancellation)
    {
        var (inside, outside) = await BothAsync(cancellation);
        var chain = Follow(origin, inside.Count > outside.Count ? inside : outside);
        foreach (var note in inside.Skip(outside.Count))
            home.Successions.Add(note);
        foreach (var key in chain.Keys.Skip(1 + inside.Count))
            await tables.AddSuccessionAsync(key.Number, key.Succession!, cancellation);
        return chain;
    }

    private async Task<(IReadOnlyList<string> Inside, IReadOnlyList<string> Outside)> BothAsync(CancellationToken cancellation)
    {
        var inside = await tables.SuccessionsAsync(cancellation);
        IReadOnlyList<string> outside;
        try
        {
            outside = home.Successions.Read();
        }
        catch (InvalidDataException unreadable)
        {
            throw new KeyChainBrokenException(unreadable.Message);
        }

        for (var at = 0; at < Math.Min(inside.Count, outside.Count); at++)
        {
            if (inside[at] != outside[at])
            {
                throw new KeyChainBrokenException(string.Create(
                    CultureInfo.InvariantCulture, $"The database and {home.Successions.Path} name different keys as number {at + 2} of the ledger."));
            }
        }

        return (inside, outside);
    }

    private KeyChain Follow(string origin, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
            return KeyChain.Follow(origin, home.Keys.Current, [], home.Keys.VerifierOf);
        var first = KeySuccession.In(notes[0]) is { } stated ? home.Keys.VerifierOf(stated.Previous) : null;
        return first is null
            ? throw new KeyChainBrokenException("The statement that names key 2 of the ledger cannot be read.")
            : KeyChain.Follow(origin, first, notes, home.Keys.VerifierOf);
    }
}
