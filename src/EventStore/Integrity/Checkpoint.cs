using System.Globalization;

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
