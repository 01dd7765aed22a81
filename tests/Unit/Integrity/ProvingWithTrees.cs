using System.Text;
using CaseFlow.EventStore.Integrity;

namespace CaseFlow.Unit.Integrity;

/// <summary>Against the vectors of RFC 6962's reference implementation, and against its recursive definitions, written down here once more.</summary>
public sealed class ProvingWithTrees
{
    private const int Most = 70;

    private static readonly byte[][] Known = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Most).Select(n => MerkleHash.OfLeaf(Encoding.ASCII.GetBytes($"leaf {n}")))];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_are_those_of_the_reference(int size, string root)
    {
        var frontier = new Frontier(0, []);
        foreach (var entry in Known.Take(size))
            frontier.Add(MerkleHash.OfLeaf(entry));

        (frontier.Size, Convert.ToHexStringLower(frontier.Root)).ShouldBe((size, root));
    }

    [Fact]
    public void A_growing_tree_completes_every_whole_subtree_once()
    {
        var frontier = new Frontier(0, []);
        var completed = new Dictionary<TreeNode, byte[]>();
        for (var size = 1; size <= Most; size++)
        {
            foreach (var (node, hash) in frontier.Add(Leaves[size - 1]))
                completed.Add(node, hash);
            frontier.Root.ShouldBe(Root(0, size));
        }

        completed.Count.ShouldBe(Enumerable.Range(1, 6).Sum(level => Most >> level));
        foreach (var (node, hash) in completed)
            hash.ShouldBe(Root((int)node.Number << node.Level, (int)(node.Number + 1) << node.Level));
    }

    [Fact]
    public void The_edge_of_any_size_goes_on_as_the_tree_would()
    {
        for (var size = 0; size < Most; size++)
        {
            var edge = new Frontier(size, TreeShape.NodesOf(new LeafRange(0, size)).Select(HashOf));
            edge.Root.ShouldBe(size == 0 ? MerkleHash.Empty : Root(0, size));
            edge.Add(Leaves[size]);
            edge.Root.ShouldBe(Root(0, size + 1));
        }
    }

    [Fact]
    public void Every_leaf_of_every_tree_is_proved_and_nothing_else_is()
    {
        for (var size = 1; size <= Most; size++)
        {
            var root = Root(0, size);
            for (var leaf = 0; leaf < size; leaf++)
            {
                var path = Hashes(TreeShape.Inclusion(leaf, size));
                path.ShouldBe(Path(leaf, 0, size));
                TreeProof.Includes(leaf, size, Leaves[leaf], path, root).ShouldBeTrue();
                TreeProof.Includes(leaf, size, Leaves[(leaf + 1) % Most], path, root).ShouldBeFalse();
                TreeProof.Includes(leaf, size, Leaves[leaf], [.. path, root], root).ShouldBeFalse();
                TreeProof.Includes(leaf + size, size, Leaves[leaf], path, root).ShouldBeFalse();
                if (size > 1)
                {
                    TreeProof.Includes((leaf + 1) % size, size, Leaves[leaf], path, root).ShouldBeFalse();
                    TreeProof.Includes(leaf, size, Leaves[leaf], [.. path.Skip(1)], root).ShouldBeFalse();
                    TreeProof.Includes(leaf, size, Leaves[leaf], path, Root(0, size - 1)).ShouldBeFalse();
                }
            }
        }
    }

    [Fact]
    public void Every_earlier_tree_is_proved_to_be_the_beginning_and_no_other_is()
    {
        for (var size = 1; size <= Most; size++)
        {
            for (var earlier = 1; earlier <= size; earlier++)
            {
                var (before, after) = (Root(0, earlier), Root(0, size));
                var path = Hashes(TreeShape.Consistency(earlier, size));
                path.ShouldBe(Sub(earlier, 0, size, isBeginning: true));
                TreeProof.Extends(earlier, size, before, after, path).ShouldBeTrue();
                TreeProof.Extends(earlier, size, Leaves[0], Leaves[1], path).ShouldBeFalse();
                if (earlier == size)
                    continue;
                TreeProof.Extends(earlier, size, after, after, path).ShouldBeFalse();
                TreeProof.Extends(earlier, size, before, before, path).ShouldBeFalse();
                TreeProof.Extends(earlier, size, before, after, [.. path, before]).ShouldBeFalse();
                TreeProof.Extends(earlier, size, before, after, [.. path.Skip(1)]).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void A_tree_has_only_its_own_leaves_and_beginnings()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => TreeShape.Inclusion(3, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => TreeShape.Inclusion(-1, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => TreeShape.Consistency(4, 3));
        TreeShape.Consistency(0, 3).ShouldBeEmpty();
    }

    private static List<byte[]> Hashes(IEnumerable<LeafRange> ranges) => [.. ranges.Select(range => Root((int)range.First, (int)range.End))];

    private static byte[] HashOf(TreeNode node) => Root((int)node.Number << node.Level, (int)(node.Number + 1) << node.Level);

    /// <summary>MTH of RFC 6962, 2.1.</summary>
    private static byte[] Root(int first, int end)
    {
        if (end - first == 1)
            return Leaves[first];
        var middle = first + Left(end - first);
        return MerkleHash.OfChildren(Root(first, middle), Root(middle, end));
    }

    /// <summary>PATH of RFC 6962, 2.1.1.</summary>
    private static List<byte[]> Path(int leaf, int first, int end)
    {
        if (end - first == 1)
            return [];
        var middle = first + Left(end - first);
        return leaf < middle ? [.. Path(leaf, first, middle), Root(middle, end)] : [.. Path(leaf, middle, end), Root(first, middle)];
    }

    /// <summary>SUBPROOF of RFC 6962, 2.1.2.</summary>
    private static List<byte[]> Sub(int earlier, int first, int end, bool isBeginning)
    {
        if (earlier == end)
            return isBeginning ? [] : [Root(first, end)];
        var middle = first + Left(end - first);
        return earlier <= middle
            ? [.. Sub(earlier, first, middle, isBeginning), Root(middle, end)]
            : [.. Sub(earlier, middle, end, isBeginning: false), Root(first, middle)];
    }

    private static int Left(int leaves)
    {
        var left = 1;
        while (left * 2 < leaves)
            left *= 2;
        return left;
    }
}
