using System.Globalization;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Integrity;

/// <summary>How far a rotation has come. A program that is killed after any of them leaves a state that the next look, or the next rotation, ends.</summary>
public enum SuccessionStep
{
    /// <summary>The next key is on the disk. It signs nothing: unless it is named, the key until now goes on.</summary>
    Made,

    /// <summary>The statement is outside the database: from here on the next key is the ledger's.</summary>
    Listed,

    /// <summary>The key is in its place.</summary>
    InPlace,

    /// <summary>The statement is in the database, too.</summary>
    Stored,
}

/// <param name="Today">The key that signs from now on.</param>
/// <param name="WasBegun">An earlier rotation had named it and was stopped; this one ended it and made no other.</param>
public sealed record RotatedKey(LedgerKey Today, bool WasBegun);

/// <summary>
/// Replaces the key that signs checkpoints while the program runs. All nodes sign, and rotate, under one lock of the database, and look at the chain
/// of keys under it: none signs with a key that has a successor.
/// </summary>
/// <param name="source">Made by <see cref="StoreDataSource.ForBackground"/>.</param>
/// <param name="options">The schemas.</param>
/// <param name="home">What lies outside the database.</param>
public sealed class SigningKeyRotation(NpgsqlDataSource source, EventStoreOptions options, LedgerHome home)
{
    private readonly StoreSql sql = new(options);

    /// <summary>Makes a key that the one of today names as its successor.</summary>
    /// <param name="reached">Told of each step.</param>
    /// <param name="cancellation">Ends it between steps.</param>
    /// <exception cref="KeyChainBrokenException">The chain does not hold, or the key of today is not on this node.</exception>
    /// <exception cref="InvalidDataException">The copy of the checkpoints cannot be read.</exception>
    public async Task<RotatedKey> RotateAsync(Action<SuccessionStep>? reached = null, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var tables = new LedgerTables(connection, sql);
        await tables.LockAsync(options, cancellation);
        var origin = await tables.OriginAsync(cancellation);
        var chain = await new KeyChainRecords(tables, home).MendAsync(origin, cancellation);
        if (home.PutSuccessorInPlace(chain))
        {
            await transaction.CommitAsync(cancellation);
            return new RotatedKey(chain.Today, WasBegun: true);
        }

        var current = home.Keys.Current;
        if (home.WhyNotSigning(chain) is { } why)
            throw new KeyChainBrokenException(why);
        var signed = await SignedSizeAsync(tables, chain, origin, cancellation);
        var next = home.Keys.MakeNext();
        reached?.Invoke(SuccessionStep.Made);
        var stated = new KeySuccession(
            origin, chain.Today.Number + 1, signed, await tables.TimeAsync(cancellation), SignedNote.VerifierKeyOf(current), SignedNote.VerifierKeyOf(next));
        var note = stated.Sign(current, next);
        var longer = KeyChain.Follow(
            origin, chain.Keys[0].Verifier, [.. chain.Keys.Skip(1).Select(key => key.Succession!), note], home.Keys.VerifierOf);
        home.Successions.Add(note);
        reached?.Invoke(SuccessionStep.Listed);
        home.Keys.PutNextInPlace();
        reached?.Invoke(SuccessionStep.InPlace);
        await tables.AddSuccessionAsync(stated.Number, note, cancellation);
        await transaction.CommitAsync(cancellation);
        reached?.Invoke(SuccessionStep.Stored);
        return new RotatedKey(longer.Today, WasBegun: false);
    }

    /// <summary>All that the key of today has signed stays signed, and nothing beyond.</summary>
    private async Task<long> SignedSizeAsync(LedgerTables tables, KeyChain chain, string origin, CancellationToken cancellation)
    {
        var inside = (await tables.LastCheckpointAsync(cancellation))?.Signed;
        var size = 0L;
        foreach (var (signed, where) in new[] { (inside, "in the database"), (home.Outside.Last(), $"in {home.Outside.Path}") })
        {
            if (signed is null)
                continue;
            if (chain.Open(signed.Note) is not { } checkpoint)
                throw new KeyChainBrokenException(string.Create(CultureInfo.InvariantCulture, $"The last checkpoint {where}, of {signed.At:u}, is signed by no key of the ledger."));
            if (checkpoint.Origin == origin)
                size = Math.Max(size, checkpoint.Size);
        }

        return size;
    }
}
