using System.Globalization;

namespace CaseFlow.EventStore.Integrity;

/// <summary>Holds stored events against their leaves, and the nodes over the leaves against these.</summary>
/// <param name="tables">The ledger.</param>
/// <param name="findings">Takes what differs.</param>
/// <param name="mayArchive">Marten works on the same tables, and may mark streams as archived.</param>
internal sealed class SealedEventCheck(LedgerTables tables, HistoryFindings findings, bool mayArchive)
{
    private Frontier? frontier;

    /// <summary>Events whose stream was archived since, where that is no defect.</summary>
    public long Archived { get; private set; }

    /// <summary>Looks at the positions after one, up to another.</summary>
    public async Task CheckAsync(long after, long upTo, CancellationToken cancellation)
    {
        var nodes = new List<(TreeNode Node, byte[] Hash)>();
        var expected = after + 1;
        frontier ??= await FrontierAsync(after, cancellation);
        foreach (var stored in await tables.SealedEventsAsync(after, upTo, (int)(upTo - after), cancellation))
        {
            CheckLeaves(expected, stored.Leaf.Position - 1);
            await CheckEventAsync(stored, cancellation);
            expected = stored.Leaf.Position + 1;
            // Beyond a leaf that is gone the tree cannot be followed; the leaves themselves still can.
            if (frontier?.Size == stored.Leaf.Position - 1)
                nodes.AddRange(frontier.Add(stored.Leaf.Hash).Where(one => LedgerTables.Keeps(one.Node)));
        }

        CheckLeaves(expected, upTo);
        await CheckNodesAsync(nodes, cancellation);
    }

    private async Task<Frontier?> FrontierAsync(long size, CancellationToken cancellation)
    {
        try
        {
            return await tables.FrontierAsync(size, cancellation);
        }
        catch (LedgerBrokenException broken)
        {
            findings.Add(HistoryDefect.LeafMissing, 1, size, null, null, broken.Message);
            return new Frontier(-1, []);
        }
    }

    private void CheckLeaves(long first, long last)
    {
        if (first <= last)
            findings.Add(HistoryDefect.LeafMissing, first, last, null, null, "The ledger has no leaf there.");
    }

    private async Task CheckEventAsync(SealedEvent stored, CancellationToken cancellation)
    {
        var (leaf, members) = (stored.Leaf, stored.Members);
        if (LeafFormat.Hash(members).AsSpan().SequenceEqual(leaf.Hash))
            return;
        var (defect, detail) = await WhatAsync(leaf, members, cancellation);
        if (defect == HistoryDefect.Archived && mayArchive && members[LeafFormat.Archived] == "true")
            Archived++;
        else
            findings.Add(defect, leaf.Position, leaf.Position, leaf.EventId, members[12] ?? members[2], detail);
    }

    private async Task<(HistoryDefect Defect, string Detail)> WhatAsync(NewLeaf leaf, string?[] members, CancellationToken cancellation)
    {
        if (members[4] is { } id && Guid.Parse(id) == leaf.EventId)
            return OnlyArchived(leaf, members) ? (HistoryDefect.Archived, "Only the mark of an archived stream differs.") : (HistoryDefect.Changed, "The event is not as it was sealed.");
        var elsewhere = await tables.WhereAsync(leaf.EventId, cancellation);
        if (elsewhere is { Exists: true, Position: { } position } && position != leaf.Position)
            return (HistoryDefect.Reordered, string.Create(CultureInfo.InvariantCulture, $"The event that was sealed here stands at position {position}."));
        if (elsewhere.Exists)
            return (HistoryDefect.Missing, "The event is stored and has no place in the log any more.");
        return members[4] is null
            ? (HistoryDefect.Missing, "The event is gone.")
            : (HistoryDefect.Changed, "Another event stands here than the one that was sealed, and that one is gone.");
    }

    private static bool OnlyArchived(NewLeaf leaf, string?[] members)
    {
        string?[] other = [.. members];
        other[LeafFormat.Archived] = members[LeafFormat.Archived] == "true" ? "false" : "true";
        return LeafFormat.Hash(other).AsSpan().SequenceEqual(leaf.Hash);
    }

    private async Task CheckNodesAsync(IReadOnlyList<(TreeNode Node, byte[] Hash)> computed, CancellationToken cancellation)
    {
        var stored = await tables.HashesAsync([.. computed.Select(one => one.Node)], cancellation);
        foreach (var (node, hash) in computed)
        {
            if (stored[node] is { } kept && kept.AsSpan().SequenceEqual(hash))
                continue;
            findings.Add(
                HistoryDefect.NodeDiffers, (node.Number << node.Level) + 1, (node.Number + 1) << node.Level, null, null,
                stored[node] is null ? "The ledger has no node there." : "The ledger's node does not follow from its leaves.");
        }
    }
}
