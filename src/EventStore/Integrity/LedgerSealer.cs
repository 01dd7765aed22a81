using System.Diagnostics;
using System.Globalization;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.EventStore.Integrity;

/// <summary>
/// Seals history after the fact: adds the leaf of every event to the tree in the order of the log, and now and then signs what the tree
/// is. An append waits for nothing of it. Correct however many run at once, and wherever it is stopped: leaves, nodes and what they
/// follow are one transaction under one lock.
/// </summary>
/// <param name="source">Made by <see cref="StoreDataSource.ForBackground"/>.</param>
/// <param name="options">The schemas.</param>
/// <param name="home">What lies outside the database.</param>
/// <param name="moved">Pulses when positions were given (<see cref="Sequencer.Moved"/>).</param>
public sealed class LedgerSealer(NpgsqlDataSource source, EventStoreOptions options, LedgerHome home, LogSignal moved)
{
    private const int Page = 1000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Events of a moment are sealed together.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan WhileBroken = TimeSpan.FromSeconds(10);

    private readonly StoreSql sql = new(options);
    private Frontier? known;

    /// <summary>Why nothing is signed; null while it is. Two histories are never signed: what was signed before has to be the beginning of it.</summary>
    public string? WhyUnsigned { get; private set; }

    /// <summary>Why nothing is sealed; null while it is.</summary>
    public string? WhyUnsealed { get; private set; }

    /// <summary>Raised when <see cref="WhyUnsigned"/> or <see cref="WhyUnsealed"/> begins to say something else.</summary>
    public event Action<string>? Refused;

    /// <summary>Seals and signs as events come, for as long as the lease is held.</summary>
    /// <returns>Never; it ends by cancellation, by the loss of the lease or of the connection.</returns>
    public async Task RunAsync(IWorkLease lease, CancellationToken cancellation)
    {
        var signed = Stopwatch.StartNew();
        var isFirst = true;
        while (true)
        {
            var next = moved.Next;
            try
            {
                await SealNewAsync(lease, cancellation);
                WhyUnsealed = null;
                if (isFirst || signed.Elapsed >= home.SignEvery)
                {
                    await SignAsync(lease, cancellation);
                    signed.Restart();
                    isFirst = false;
                }
            }
            catch (LedgerBrokenException broken)
            {
                // What is broken stays so until somebody looks; said once, and looked at again seldom.
                if (WhyUnsealed != broken.Message)
                    Refused?.Invoke(WhyUnsealed = broken.Message);
                await Task.Delay(WhileBroken, cancellation);
            }

            await LogSignal.WaitAsync(next, Poll, cancellation);
            await Task.Delay(Gather, cancellation);
        }
    }

    /// <summary>Seals everything that has a position.</summary>
    /// <returns>How many leaves were added by this call.</returns>
    /// <exception cref="LedgerBrokenException">The log has a hole or an event is gone; what comes before is sealed.</exception>
    public async Task<long> SealNewAsync(IWorkLease? lease = null, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        for (var total = 0L; ;)
        {
            var added = await SealPageAsync(connection, lease ?? NoLease.Instance, cancellation);
            total += added;
            if (added < Page)
                return total;
        }
    }

    /// <summary>Signs what is sealed, unless that is signed already, and copies it outside.</summary>
    /// <returns>Whether a checkpoint was signed by this call.</returns>
    public async Task<bool> SignAsync(IWorkLease? lease = null, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await BeginAsync(connection, lease ?? NoLease.Instance, cancellation);
        var tables = new LedgerTables(connection, sql);
        var (origin, size) = (await tables.OriginAsync(cancellation), await tables.SizeAsync(cancellation));
        var inside = await tables.LastCheckpointAsync(cancellation);
        var (chain, outside) = ((KeyChain?)null, (SignedCheckpoint?)null);
        try
        {
            chain = await new KeyChainRecords(tables, home).MendAsync(origin, cancellation);
            home.PutSuccessorInPlace(chain);
            outside = home.Outside.Last();
            Say(home.WhyNotSigning(chain) ?? await WhyNotAsync(tables, chain, origin, size, inside?.Signed, outside, cancellation));
        }
        catch (Exception unfit) when (unfit is InvalidDataException or KeyChainBrokenException)
        {
            Say(unfit.Message);
        }

        if (chain is null || size == 0 || WhyUnsigned is not null)
        {
            await transaction.CommitAsync(cancellation);
            return false;
        }

        if (inside is { } last && last.Size == size)
        {
            await transaction.CommitAsync(cancellation);
            // A kill between the database and the file.
            if (outside is null || (chain.Open(outside.Note)?.Size ?? 0) < size)
                home.Outside.Add(last.Signed);
            return false;
        }

        var note = SignedNote.Sign(new Checkpoint(origin, size, await tables.RootAsync(size, cancellation)), home.Key);
        var at = await tables.AddCheckpointAsync(size, note, cancellation);
        await transaction.CommitAsync(cancellation);
        // Only what is on the disk, and on the replica, may be held against this database later.
        home.Outside.Add(new SignedCheckpoint(at, note));
        return true;
    }

    private async Task<int> SealPageAsync(NpgsqlConnection connection, IWorkLease lease, CancellationToken cancellation)
    {
        await using var transaction = await BeginAsync(connection, lease, cancellation);
        // Lost in a crash of the server they are made again; a signed checkpoint is not lost, nor what was written before it.
        await connection.RunAsync("set local synchronous_commit = off", cancellation);
        var tables = new LedgerTables(connection, sql);
        var size = await tables.SizeAsync(cancellation);
        var events = await tables.EventsToSealAsync(size, Page, cancellation);
        if (events.Count == 0)
            return 0;
        var frontier = known is { } kept && kept.Size == size ? kept : await tables.FrontierAsync(size, cancellation);
        known = null;
        var (leaves, nodes) = (new List<NewLeaf>(), new List<(TreeNode, byte[])>());
        var problem = (string?)null;
        foreach (var members in events)
        {
            problem = WhyNotSealed(members, frontier.Size + 1);
            if (problem is not null)
                break;
            var hash = LeafFormat.Hash(members);
            leaves.Add(new NewLeaf(frontier.Size + 1, Number(members[3]!), Guid.Parse(members[4]!), hash));
            nodes.AddRange(frontier.Add(hash).Where(one => LedgerTables.Keeps(one.Node)));
        }

        await tables.AddAsync(leaves, nodes, cancellation);
        await transaction.CommitAsync(cancellation);
        known = frontier;
        return problem is null ? leaves.Count : throw new LedgerBrokenException(problem);
    }

    private async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, IWorkLease lease, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await lease.HoldAsync(connection, cancellation);
            await new LedgerTables(connection, sql).LockAsync(options, cancellation);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    private static string? WhyNotSealed(string?[] members, long position)
    {
        if (Number(members[0]!) != position)
            return $"The log has no position {position}, and goes on at {members[0]}: nothing beyond is sealed.";
        return members[4] is null ? $"The event of log position {position} is gone: nothing from there on is sealed." : null;
    }

    /// <summary>A database that was restored to an earlier moment, or rewritten, is not signed: the signature would stand beside the one of before.</summary>
    private async Task<string?> WhyNotAsync(
        LedgerTables tables, KeyChain chain, string origin, long size, SignedCheckpoint? inside, SignedCheckpoint? outside, CancellationToken cancellation)
    {
        foreach (var (signed, where) in new[] { (inside, "in the database"), (outside, $"in {home.Outside.Path}") })
        {
            if (signed is null)
                continue;
            if (chain.Open(signed.Note) is not { } checkpoint)
                return $"The last checkpoint {where} is signed by no key of the ledger, or by one that had been replaced.";
            if (checkpoint.Origin != origin)
                return $"The last checkpoint {where} is of another history, {checkpoint.Origin}; this is {origin}.";
            if (checkpoint.Size > size)
                return string.Create(CultureInfo.InvariantCulture, $"The last checkpoint {where}, of {signed.At:u}, has {checkpoint.Size} events; this history has {size} sealed.");
            var root = await tables.RootAsync(checkpoint.Size, cancellation);
            if (!checkpoint.Root.AsSpan().SequenceEqual(root))
                return $"The last checkpoint {where}, of {checkpoint.Size} events, is not the beginning of this history.";
        }

        return null;
    }

    private void Say(string? why)
    {
        var before = WhyUnsigned;
        WhyUnsigned = why;
        if (why is not null && why != before)
            Refused?.Invoke(why);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
