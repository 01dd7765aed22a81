using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.EventStore.Integrity;

/// <summary>A text with its signatures, as C2SP's signed-note has it: text, empty line, and for each signature <c>— name base64</c>.</summary>
public static class SignedNote
{
    private const string Dash = "— ";
    private const int KeyHashLength = 4;

    /// <summary>What an outsider needs to check notes with: C2SP's <c>vkey</c>.</summary>
    public static string VerifierKeyOf(ICheckpointVerifier key) =>
        $"{key.Name}+{Convert.ToHexStringLower(KeyHash(key))}+{Convert.ToBase64String([key.Algorithm, .. key.PublicKey])}";

    /// <returns>The note.</returns>
    public static string Sign(Checkpoint checkpoint, ICheckpointKey key) => Sign(checkpoint.Text, key);

    /// <param name="text">It ends with a new line.</param>
    /// <param name="keys">Each signs.</param>
    /// <returns>The note.</returns>
    public static string Sign(string text, params IReadOnlyList<ICheckpointKey> keys) => $"{text}\n{string.Concat(keys.Select(key => LineOf(key, text)))}";

    /// <returns>The checkpoint; null when the note is none, or no signature in it is this key's.</returns>
    public static Checkpoint? Open(string note, ICheckpointVerifier key) => IsSignedBy(note, key) ? Checkpoint.Parse(TextOf(note)!) : null;

    /// <returns>What is signed, whoever signed it; null when it is no note.</returns>
    public static string? TextOf(string note) => note.LastIndexOf("\n\n", StringComparison.Ordinal) is >= 0 and var split ? note[..(split + 1)] : null;

    /// <returns>Whether a signature in the note is this key's.</returns>
    public static bool IsSignedBy(string note, ICheckpointVerifier key) =>
        TextOf(note) is { } text && note[(text.Length + 1)..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Any(line => IsSignedBy(key, text, line));

    private static string LineOf(ICheckpointKey key, string text) =>
        $"{Dash}{key.Name} {Convert.ToBase64String([.. KeyHash(key), .. key.Sign(Encoding.UTF8.GetBytes(text))])}\n";

    private static bool IsSignedBy(ICheckpointVerifier key, string text, string line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [var name, var encoded] || name != key.Name)
            return false;
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var written) && written > KeyHashLength
            && bytes.AsSpan(0, KeyHashLength).SequenceEqual(KeyHash(key))
            && key.Verify(Encoding.UTF8.GetBytes(text), bytes[KeyHashLength..written]);
    }

    private static byte[] KeyHash(ICheckpointVerifier key) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(key.Name), (byte)'\n', key.Algorithm, .. key.PublicKey])[..KeyHashLength];
}
