using System.Numerics;

namespace CaseFlow.EventStore.Integrity;

/// <summary>What an outsider does with a proof: RFC 9162, sections 2.1.3.2 and 2.1.4.2. It needs nothing but hashes.</summary>
public static class TreeProof
{
    /// <summary>Whether a leaf is in the tree of a root.</summary>
    /// <param name="leaf">Counted from 0.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="leafHash">The leaf's hash.</param>
    /// <param name="path">The proof, from the leaf up.</param>
    /// <param name="root">The root, as it was signed.</param>
    public static bool Includes(long leaf, long size, byte[] leafHash, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (leaf < 0 || leaf >= size)
            return false;
        var (number, last, hash) = (leaf, size - 1, leafHash);
        foreach (var sibling in path)
        {
            if (last == 0)
                return false;
            if ((number & 1) == 1 || number == last)
            {
                hash = MerkleHash.OfChildren(sibling, hash);
                if ((number & 1) == 0)
                {
                    var up = BitOperations.TrailingZeroCount(number);
                    (number, last) = (number >> up, last >> up);
                }
            }
            else
            {
                hash = MerkleHash.OfChildren(hash, sibling);
            }

            (number, last) = (number >> 1, last >> 1);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>Whether the tree of an earlier root is the beginning of the tree of a later one.</summary>
    /// <param name="earlier">Leaves of the earlier tree.</param>
    /// <param name="size">Leaves of the later tree.</param>
    /// <param name="earlierRoot">Its root.</param>
    /// <param name="root">The later root.</param>
    /// <param name="path">The proof.</param>
    public static bool Extends(long earlier, long size, byte[] earlierRoot, byte[] root, IReadOnlyList<byte[]> path)
    {
        if (earlier == size)
            return path.Count == 0 && earlierRoot.AsSpan().SequenceEqual(root);
        if (earlier < 1 || earlier > size || path.Count == 0)
            return false;
        var rest = new Queue<byte[]>(BitOperations.IsPow2(earlier) ? [earlierRoot, .. path] : path);
        var (number, last) = (earlier - 1, size - 1);
        var up = BitOperations.TrailingZeroCount(~number);
        (number, last) = (number >> up, last >> up);
        var before = rest.Dequeue();
        var after = before;
        while (rest.TryDequeue(out var sibling))
        {
            if (last == 0)
                return false;
            if ((number & 1) == 1 || number == last)
            {
                before = MerkleHash.OfChildren(sibling, before);
                after = MerkleHash.OfChildren(sibling, after);
                while ((number & 1) == 0 && number != 0)
                    (number, last) = (number >> 1, last >> 1);
            }
            else
            {
                after = MerkleHash.OfChildren(after, sibling);
            }

            (number, last) = (number >> 1, last >> 1);
        }

        return last == 0 && before.AsSpan().SequenceEqual(earlierRoot) && after.AsSpan().SequenceEqual(root);
    }
}
