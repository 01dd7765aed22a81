using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.EventStore.Integrity;

/// <summary>
/// What a tree was: <c>origin</c>, size and root, one a line, as C2SP's tlog-checkpoint has it.
/// </summary>
/// <param name="Origin">Which history.</param>
/// <param name="Size">Events in it.</param>
/// <param name="Root">Of the tree over them.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>What is signed; it ends with a new line.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <returns>Null when the text is no checkpoint.</returns>
    public static Checkpoint? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[0].Length == 0
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return null;
        }

        var root = new byte[MerkleHash.Size];
        return Convert.TryFromBase64String(lines[2], root, out var written) && written == root.Length
            ? new Checkpoint(lines[0], size, root)
            : null;
    }
}

/// <summary>Signs checkpoints, and knows its own signature again. The key lies outside the database.</summary>
public interface ICheckpointKey
{
    /// <summary>Who signs, as the signature's line says; without spaces and plus signs.</summary>
    string Name { get; }

    /// <summary>The byte of C2SP's signed-note for the algorithm; 1 for Ed25519.</summary>
    byte Algorithm { get; }

    /// <summary>The public key.</summary>
    byte[] PublicKey { get; }

    /// <returns>The signature of a text.</returns>
    byte[] Sign(byte[] text);

    /// <returns>Whether a signature is this key's.</returns>
    bool Verify(byte[] text, byte[] signature);
}

/// <summary>A checkpoint with its signature, as C2SP's signed-note has it: text, empty line, <c>— name base64</c>.</summary>
public static class SignedNote
{
    private const string Dash = "— ";
    private const int KeyHashLength = 4;

    /// <summary>What an outsider needs to check notes with: C2SP's <c>vkey</c>.</summary>
    public static string VerifierKeyOf(ICheckpointKey key) =>
        $"{key.Name}+{Convert.ToHexStringLower(KeyHash(key))}+{Convert.ToBase64String([key.Algorithm, .. key.PublicKey])}";

    /// <returns>The note.</returns>
    public static string Sign(Checkpoint checkpoint, ICheckpointKey key) =>
        $"{checkpoint.Text}\n{Dash}{key.Name} {Convert.ToBase64String([.. KeyHash(key), .. key.Sign(Encoding.UTF8.GetBytes(checkpoint.Text))])}\n";

    /// <returns>The checkpoint; null when the note is none, or no signature in it is this key's.</returns>
    public static Checkpoint? Open(string note, ICheckpointKey key)
    {
        if (note.LastIndexOf("\n\n", StringComparison.Ordinal) is var split && split < 0)
            return null;
        var text = note[..(split + 1)];
        return note[(split + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Any(line => IsSignedBy(key, text, line))
            ? Checkpoint.Parse(text)
            : null;
    }

    private static bool IsSignedBy(ICheckpointKey key, string text, string line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [var name, var encoded] || name != key.Name)
            return false;
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var written) && written > KeyHashLength
            && bytes.AsSpan(0, KeyHashLength).SequenceEqual(KeyHash(key))
            && key.Verify(Encoding.UTF8.GetBytes(text), bytes[KeyHashLength..written]);
    }

    private static byte[] KeyHash(ICheckpointKey key) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(key.Name), (byte)'\n', key.Algorithm, .. key.PublicKey])[..KeyHashLength];
}
