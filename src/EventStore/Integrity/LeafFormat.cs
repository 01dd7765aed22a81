using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.EventStore.Integrity;

/// <summary>
/// The bytes of an event that its leaf is the hash of. A format for ever: leaves of years ago are computed anew with it, also by
/// programs that share nothing with this one but this description (docs/decisions/0021-integrity-ledger.md).
/// </summary>
/// <remarks>
/// First the line <c>caseflow-leaf-v1</c>; then the members in the order of <see cref="Members"/>, each as one byte, 0 for null or 1, and
/// with 1 the number of its UTF-8 bytes (four bytes, the highest first) and those bytes. Numbers are decimal; instants are seconds since
/// 1970 with six decimals, as PostgreSQL writes <c>extract(epoch from …)</c>; JSON is PostgreSQL's text of the stored <c>jsonb</c>.
/// </remarks>
public static class LeafFormat
{
    private static readonly byte[] Version = "caseflow-leaf-v1\n"u8.ToArray();

    /// <summary>What goes into a leaf, in this order.</summary>
    public static IReadOnlyList<string> Members { get; } =
    [
        "position", "stamped_at", "log_tenant_id", "seq_id", "id", "stream_id", "version", "type", "data", "bdata", "headers", "timestamp",
        "tenant_id", "mt_dotnet_type", "correlation_id", "causation_id", "user_name", "is_archived",
    ];

    /// <summary>Where the mark of an archived stream is among the members: the one that may change after the fact in Marten's own use.</summary>
    internal const int Archived = 17;

    /// <returns>The bytes that the leaf is the hash of, without the prefix of a leaf.</returns>
    /// <exception cref="ArgumentException">Not as many members as the format has.</exception>
    public static byte[] Encode(ReadOnlySpan<string?> members)
    {
        if (members.Length != Members.Count)
            throw new ArgumentException($"A leaf has {Members.Count} members, not {members.Length}.", nameof(members));
        var length = Version.Length + members.Length;
        foreach (var member in members)
            length += member is null ? 0 : sizeof(int) + Encoding.UTF8.GetByteCount(member);
        var bytes = new byte[length];
        Version.CopyTo(bytes, 0);
        var at = Version.Length;
        foreach (var member in members)
        {
            bytes[at++] = member is null ? (byte)0 : (byte)1;
            if (member is null)
                continue;
            var written = Encoding.UTF8.GetBytes(member, bytes.AsSpan(at + sizeof(int)));
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), written);
            at += sizeof(int) + written;
        }

        return bytes;
    }

    /// <returns>The leaf's hash, as RFC 6962 takes it.</returns>
    public static byte[] Hash(ReadOnlySpan<string?> members) => MerkleHash.OfLeaf(Encode(members));
}

/// <summary>The two hashes of RFC 6962, section 2.1: SHA-256, with a prefix that tells a leaf from a node.</summary>
public static class MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>The root of a tree without leaves.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>Of a leaf's bytes.</summary>
    public static byte[] OfLeaf(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }

    /// <summary>Of two subtrees, the earlier one first.</summary>
    public static byte[] OfChildren(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * Size)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + Size)..]);
        return SHA256.HashData(both);
    }
}
