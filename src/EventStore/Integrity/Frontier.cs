namespace CaseFlow.EventStore.Integrity;

/// <summary>The right edge of a growing tree: the whole subtrees that its leaves divide into. All that adding a leaf needs.</summary>
/// <param name="size">Leaves so far.</param>
/// <param name="peaks">Hashes of <see cref="TreeShape.NodesOf"/> of all of them.</param>
public sealed class Frontier(long size, IEnumerable<byte[]> peaks)
{
    private readonly List<byte[]> edge = [.. peaks];

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; } = size;

    /// <summary>Of the tree so far.</summary>
    public byte[] Root => FoldUp(edge) ?? MerkleHash.Empty;

    /// <summary>Adds a leaf.</summary>
    /// <returns>The whole subtrees that it completes, above the leaves, smallest first.</returns>
    public IEnumerable<(TreeNode Node, byte[] Hash)> Add(byte[] leafHash)
    {
        var completed = new List<(TreeNode, byte[])>();
        var (hash, number, level) = (leafHash, Size, 0);
        for (; (number & 1) == 1; number >>= 1)
        {
            hash = MerkleHash.OfChildren(edge[^1], hash);
            edge.RemoveAt(edge.Count - 1);
            completed.Add((new TreeNode(++level, number >> 1), hash));
        }

        edge.Add(hash);
        Size++;
        return completed;
    }

    /// <summary>The hash of consecutive leaves from the hashes of the subtrees that they divide into; null of none.</summary>
    internal static byte[]? FoldUp(IReadOnlyList<byte[]> nodes)
    {
        if (nodes.Count == 0)
            return null;
        var hash = nodes[^1];
        for (var at = nodes.Count - 2; at >= 0; at--)
            hash = MerkleHash.OfChildren(nodes[at], hash);
        return hash;
    }
}
