using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// One secret that gives each subject a key of its own, and from which single subjects can be taken for ever: a binary tree
/// of keys (Goldreich, Goldwasser, Micali), each child made from its parent. Taking a subject out replaces the parents of its
/// leaf by the siblings beside the way to it, from which every other leaf can still be made and this one cannot.
/// </summary>
internal sealed class PuncturableKey
{
    /// <summary>Length of the way to a leaf in bits: two subjects of a store never share one by chance.</summary>
    private const int Depth = 96;

    private const int PathSize = Depth / 8;
    private const int KeySize = 32;
    private const int NodeSize = 1 + PathSize + KeySize;
    private readonly Dictionary<Node, byte[]> nodes;

    private PuncturableKey(Dictionary<Node, byte[]> nodes) => this.nodes = nodes;

    /// <summary>A new secret that gives every subject a key.</summary>
    public static PuncturableKey Create() => new(new() { [new Node(0, 0)] = RandomNumberGenerator.GetBytes(KeySize) });

    /// <returns>The subject's key; null when it was taken out.</returns>
    public byte[]? LeafOf(string tenantId, Guid subject)
    {
        var path = PathOf(tenantId, subject);
        if (FindAbove(path) is not { } above)
            return null;
        var key = nodes[above];
        for (var depth = above.Depth; depth < Depth; depth++)
            key = Child(key, BitAt(path, depth));
        return key;
    }

    /// <returns>The same secret without this subject.</returns>
    public PuncturableKey Without(string tenantId, Guid subject)
    {
        var path = PathOf(tenantId, subject);
        if (FindAbove(path) is not { } above)
            return this;
        var rest = new Dictionary<Node, byte[]>(nodes);
        rest.Remove(above);
        var key = nodes[above];
        for (var depth = above.Depth; depth < Depth; depth++)
        {
            var bit = BitAt(path, depth);
            rest[new Node(depth + 1, (Prefix(path, depth) << 1) | (UInt128)(1 - bit))] = Child(key, 1 - bit);
            key = Child(key, bit);
        }

        return new PuncturableKey(rest);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[nodes.Count * NodeSize];
        var rest = bytes.AsSpan();
        Span<byte> wide = stackalloc byte[16];
        foreach (var (node, key) in nodes)
        {
            rest[0] = (byte)node.Depth;
            BinaryPrimitives.WriteUInt128BigEndian(wide, node.Prefix);
            wide[^PathSize..].CopyTo(rest[1..]);
            key.CopyTo(rest[(1 + PathSize)..]);
            rest = rest[NodeSize..];
        }

        return bytes;
    }

    /// <exception cref="CryptographicException">Not what <see cref="ToBytes"/> gave.</exception>
    public static PuncturableKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % NodeSize != 0)
            throw new CryptographicException("The key ring has another form.");
        var nodes = new Dictionary<Node, byte[]>(bytes.Length / NodeSize);
        Span<byte> wide = stackalloc byte[16];
        for (var rest = bytes; rest.Length > 0; rest = rest[NodeSize..])
        {
            wide.Clear();
            rest[1..(1 + PathSize)].CopyTo(wide[^PathSize..]);
            nodes[new Node(rest[0], BinaryPrimitives.ReadUInt128BigEndian(wide))] = rest[(1 + PathSize)..NodeSize].ToArray();
        }

        return new PuncturableKey(nodes);
    }

    private Node? FindAbove(UInt128 path)
    {
        for (var depth = 0; depth <= Depth; depth++)
        {
            if (new Node(depth, Prefix(path, depth)) is var node && nodes.ContainsKey(node))
                return node;
        }

        return null;
    }

    private static UInt128 PathOf(string tenantId, Guid subject)
    {
        Span<byte> wide = stackalloc byte[16];
        wide.Clear();
        SHA256.HashData(Envelope.Framed(tenantId, subject.ToString("N"))).AsSpan(0, PathSize).CopyTo(wide[^PathSize..]);
        return BinaryPrimitives.ReadUInt128BigEndian(wide);
    }

    private static UInt128 Prefix(UInt128 path, int depth) => path >> (Depth - depth);

    private static int BitAt(UInt128 path, int depth) => (int)((path >> (Depth - depth - 1)) & 1);

    private static byte[] Child(byte[] key, int bit) => HMACSHA256.HashData(key, new[] { (byte)bit });

    /// <param name="Depth">How many bits of the way.</param>
    /// <param name="Prefix">Those bits.</param>
    private readonly record struct Node(int Depth, UInt128 Prefix);
}
