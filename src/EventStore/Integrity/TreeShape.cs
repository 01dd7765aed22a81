using System.Numerics;

namespace CaseFlow.EventStore.Integrity;

/// <summary>A whole subtree: the <paramref name="Number"/>th of 2^<paramref name="Level"/> leaves, counted from 0.</summary>
public readonly record struct TreeNode(int Level, long Number);

/// <summary>Consecutive leaves, from 0 on; the second is not one of them.</summary>
public readonly record struct LeafRange(long First, long End);

/// <summary>Which parts of a tree make a root, and which a proof: RFC 9162, section 2.1. Only shapes, no hashes.</summary>
public static class TreeShape
{
    /// <summary>The whole subtrees that the leaves of a subtree divide into, the earliest and largest first.</summary>
    /// <param name="range">As the tree has it: it begins at a multiple of every subtree it has.</param>
    public static IEnumerable<TreeNode> NodesOf(LeafRange range)
    {
        for (var first = range.First; first < range.End;)
        {
            var level = BitOperations.Log2((ulong)(range.End - first));
            yield return new TreeNode(level, first >> level);
            first += 1L << level;
        }
    }

    /// <summary>The subtrees whose hashes prove that a leaf is in a tree, from the leaf up.</summary>
    /// <param name="leaf">Counted from 0.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tree does not have that leaf.</exception>
    public static IReadOnlyList<LeafRange> Inclusion(long leaf, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, size);
        var path = new List<LeafRange>();
        var (first, end) = (0L, size);
        while (end - first > 1)
        {
            var middle = first + LeftOf(end - first);
            path.Add(leaf < middle ? new LeafRange(middle, end) : new LeafRange(first, middle));
            (first, end) = leaf < middle ? (first, middle) : (middle, end);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The subtrees whose hashes prove that an earlier tree is the beginning of a later one.</summary>
    /// <param name="earlier">Leaves of the earlier tree; nothing is to be proved of none.</param>
    /// <param name="size">Leaves of the later tree.</param>
    /// <exception cref="ArgumentOutOfRangeException">The earlier tree is larger.</exception>
    public static IReadOnlyList<LeafRange> Consistency(long earlier, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlier);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, size);
        var path = new List<LeafRange>();
        if (earlier == 0 || earlier == size)
            return path;
        var (first, end, isBeginning) = (0L, size, true);
        while (end != earlier)
        {
            var middle = first + LeftOf(end - first);
            if (earlier <= middle)
            {
                path.Add(new LeafRange(middle, end));
                end = middle;
            }
            else
            {
                path.Add(new LeafRange(first, middle));
                (first, isBeginning) = (middle, false);
            }
        }

        if (!isBeginning)
            path.Add(new LeafRange(first, end));
        path.Reverse();
        return path;
    }

    /// <summary>The largest power of two that is smaller.</summary>
    private static long LeftOf(long leaves) => 1L << BitOperations.Log2((ulong)(leaves - 1));
}
