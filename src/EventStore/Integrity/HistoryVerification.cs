using System.Globalization;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Integrity;

/// <summary>
/// Computes every leaf anew from the stored rows and holds it against the ledger, the ledger's nodes against its leaves, and the signed
/// checkpoints of the database and of the copy outside against the nodes. It shares with the sealer only the format. It changes nothing
/// and may run while events are appended: what is sealed after it began is not looked at.
/// </summary>
/// <param name="source">Made by <see cref="StoreDataSource.ForBackground"/>.</param>
/// <param name="options">The schemas.</param>
/// <param name="home">What lies outside the database.</param>
public sealed class HistoryVerification(NpgsqlDataSource source, EventStoreOptions options, LedgerHome home)
{
    private const int Page = 1000;

    private readonly StoreSql sql = new(options);

    /// <summary>Verifies all that is sealed, or a range of it.</summary>
    /// <param name="first">First position; what comes before is taken from the ledger as it is.</param>
    /// <param name="last">Last position; null for the last one that is sealed. Checkpoints and the log's end are looked at only without it.</param>
    /// <param name="told">Told how far it is: position, and last position.</param>
    /// <param name="cancellation">Ends it without a verdict.</param>
    public async Task<HistoryVerdict> VerifyAsync(
        long first = 1, long? last = null, Action<long, long>? told = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var tables = new LedgerTables(connection, sql);
        var findings = new HistoryFindings();
        var (origin, size) = (await tables.OriginAsync(cancellation), await tables.SizeAsync(cancellation));
        var end = Math.Min(last ?? size, size);
        var events = new SealedEventCheck(tables, findings, options.SharedWithMarten);
        for (var after = first - 1; after < end; after = Math.Min(after + Page, end))
        {
            await events.CheckAsync(after, Math.Min(after + Page, end), cancellation);
            told?.Invoke(Math.Min(after + Page, end), end);
        }

        var notSealed = last is null ? await CheckTailAsync(tables, findings, await tables.SizeAsync(cancellation), cancellation) : 0;
        var (inside, outside, signedSize) = last is null ? await CheckSignaturesAsync(tables, findings, origin, cancellation) : (0, 0, 0);
        return new HistoryVerdict(
            origin, first, end, first == 1 && last is null, size, await RootAsync(tables, size, cancellation), notSealed, inside, outside, signedSize,
            events.Archived, findings.First, findings.Count);
    }

    private async Task<(long Inside, long Outside, long SignedSize)> CheckSignaturesAsync(
        LedgerTables tables, HistoryFindings findings, string origin, CancellationToken cancellation)
    {
        var records = new KeyChainRecords(tables, home);
        LedgerKeysSeen keys;
        try
        {
            keys = new LedgerKeysSeen(await records.ReadAsync(origin, cancellation), stopped => records.ReadAsync(origin, stopped));
        }
        catch (KeyChainBrokenException broken)
        {
            findings.Add(HistoryDefect.KeyChainBroken, null, null, null, null, broken.Message);
            var alone = KeyChain.Follow(origin, home.Keys.Current, [], home.Keys.VerifierOf);
            keys = new LedgerKeysSeen(alone, _ => Task.FromResult(alone));
        }

        var checkpoints = new CheckpointCheck(tables, findings, home, keys, origin);
        var (inside, outside) = await checkpoints.CheckAsync(cancellation);
        return (inside, outside, checkpoints.SignedSize);
    }

    private static async Task<byte[]?> RootAsync(LedgerTables tables, long size, CancellationToken cancellation)
    {
        try
        {
            return await tables.RootAsync(size, cancellation);
        }
        catch (LedgerBrokenException)
        {
            return null; // The rows that are missing are among the findings.
        }
    }

    private static async Task<long> CheckTailAsync(LedgerTables tables, HistoryFindings findings, long size, CancellationToken cancellation)
    {
        var tail = await tables.TailAsync(size, cancellation);
        if (tail.Gone > 0)
        {
            findings.Add(
                HistoryDefect.Missing, tail.FirstGone, tail.FirstGone, null, null,
                string.Create(CultureInfo.InvariantCulture, $"{tail.Gone} events that were not sealed yet are gone; this is the first."));
        }

        if (tail.Last - size != tail.Count)
        {
            findings.Add(
                HistoryDefect.Missing, size + 1, tail.Last, null, null,
                string.Create(CultureInfo.InvariantCulture, $"The log has {tail.Count} positions beyond {size}, and {tail.Last} is the last."));
        }

        foreach (var (sequence, eventId, tenantId) in await tables.BesideTheLogAsync(HistoryFindings.Most, cancellation))
        {
            findings.Add(
                HistoryDefect.Added, null, null, eventId, tenantId,
                string.Create(CultureInfo.InvariantCulture, $"Event number {sequence} is stored and was never placed in the log."));
        }

        return tail.Count;
    }
}

/// <summary>Differences as they are found: all are counted, the first are kept.</summary>
internal sealed class HistoryFindings
{
    /// <summary>As many are told; who has more of them needs another list than this.</summary>
    public const int Most = 100;

    private readonly List<HistoryFinding> first = [];

    public IReadOnlyList<HistoryFinding> First => first;

    public long Count { get; private set; }

    public void Add(HistoryDefect defect, long? from, long? to, Guid? eventId, string? tenantId, string detail)
    {
        Count++;
        if (first.Count < Most)
            first.Add(new HistoryFinding(defect, from, to, eventId, tenantId, detail));
    }
}
