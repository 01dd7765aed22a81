using System.Globalization;

namespace CaseFlow.EventStore.Integrity;

/// <summary>Holds signed checkpoints, those of the database and those of the copy outside, against the ledger.</summary>
internal sealed class CheckpointCheck(LedgerTables tables, HistoryFindings findings, LedgerHome home, LedgerKeysSeen keys, string origin)
{
    private const int Page = 500;
    private static readonly TimeSpan ForTheFile = TimeSpan.FromMilliseconds(100);
    private long size;
    private long lastGood;

    /// <summary>Events of the largest checkpoint that holds.</summary>
    public long SignedSize { get; private set; }

    /// <returns>How many there are inside, and outside.</returns>
    public async Task<(long Inside, long Outside)> CheckAsync(CancellationToken cancellation)
    {
        var (inside, last) = (0L, 0L);
        while (await tables.CheckpointsAsync(last, Page, cancellation) is { Count: > 0 } page)
        {
            foreach (var (stated, signed) in page)
            {
                await CheckAsync(signed, "in the database", stated, cancellation);
                inside++;
            }

            last = page[^1].Size;
        }

        return (inside, await CheckOutsideAsync(last, cancellation));
    }

    private async Task<long> CheckOutsideAsync(long lastInside, CancellationToken cancellation)
    {
        var (outside, largest) = (0L, 0L);
        lastGood = 0;
        try
        {
            foreach (var signed in home.Outside.Read())
            {
                outside++;
                largest = Math.Max(largest, await CheckAsync(signed, "outside", null, cancellation));
            }
        }
        catch (InvalidDataException unreadable)
        {
            findings.Add(HistoryDefect.CopyUnreadable, null, null, null, null, unreadable.Message);
        }

        // A checkpoint is in the database a moment before it is outside.
        for (var looks = 0; looks < 20 && largest < lastInside; looks++)
        {
            await Task.Delay(ForTheFile, cancellation);
            largest = Math.Max(largest, LastOutside());
        }

        if (largest < lastInside)
        {
            findings.Add(
                HistoryDefect.CopyIncomplete, largest + 1, lastInside, null, null,
                string.Create(CultureInfo.InvariantCulture, $"The copy outside ends at {largest} events; the database has a checkpoint of {lastInside}."));
        }

        return outside;
    }

    /// <returns>Events of the checkpoint; 0 when it is none of this history.</returns>
    private async Task<long> CheckAsync(SignedCheckpoint signed, string where, long? stated, CancellationToken cancellation)
    {
        if (await keys.OpenAsync(signed.Note, cancellation) is not { } checkpoint || (stated is { } said && said != checkpoint.Size))
        {
            var (defect, why) = keys.WhyNot(signed.Note);
            findings.Add(defect, null, stated, null, null, $"The checkpoint {where} of {signed.At:u} {why}.");
            return 0;
        }

        if (checkpoint.Origin != origin)
        {
            findings.Add(HistoryDefect.AnotherHistory, null, null, null, null, $"The checkpoint {where} of {signed.At:u} is of {checkpoint.Origin}; this is {origin}.");
            return 0;
        }

        // Sealing goes on meanwhile, and a checkpoint is never older than its leaves.
        if (checkpoint.Size > size)
            size = await tables.SizeAsync(cancellation);
        if (checkpoint.Size > size)
        {
            findings.Add(
                HistoryDefect.CheckpointAhead, size + 1, checkpoint.Size, null, null,
                string.Create(CultureInfo.InvariantCulture, $"The checkpoint {where} of {signed.At:u} has {checkpoint.Size} events and the ledger {size}: the database was restored to an earlier moment, or cut short."));
        }
        else if (await RootAsync(checkpoint.Size, cancellation) is { } root && root.AsSpan().SequenceEqual(checkpoint.Root))
        {
            SignedSize = Math.Max(SignedSize, checkpoint.Size);
            lastGood = checkpoint.Size;
        }
        else
        {
            findings.Add(
                HistoryDefect.CheckpointDiffers, lastGood + 1, checkpoint.Size, null, null,
                string.Create(CultureInfo.InvariantCulture, $"The checkpoint {where} of {signed.At:u} says another root of {checkpoint.Size} events than the ledger."));
        }

        return checkpoint.Size;
    }

    private long LastOutside()
    {
        try
        {
            return home.Outside.Last() is { } last && keys.Chain.Open(last.Note) is { } checkpoint && checkpoint.Origin == origin ? checkpoint.Size : 0;
        }
        catch (InvalidDataException)
        {
            return 0; // It is among the findings.
        }
    }

    private async Task<byte[]?> RootAsync(long leaves, CancellationToken cancellation)
    {
        try
        {
            return await tables.RootAsync(leaves, cancellation);
        }
        catch (LedgerBrokenException)
        {
            return null; // The rows that are missing are among the findings.
        }
    }
}
