using System.Globalization;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.EventStore.Integrity;

/// <summary>
/// One key of the ledger names the next. The key until then signs it, so that whoever has the key of the first day follows; the next one signs it
/// too, so that nobody names a key that is not theirs. Its text is never a checkpoint's.
/// </summary>
/// <param name="Origin">Of which history.</param>
/// <param name="Number">Of the successor; the first key is number 1.</param>
/// <param name="Size">Events of the largest checkpoint that the key until then signs.</param>
/// <param name="At">When, UTC, by the database's clock.</param>
/// <param name="Previous">The key until then, as <see cref="SignedNote.VerifierKeyOf"/> writes it.</param>
/// <param name="Successor">The key from then on.</param>
public sealed record KeySuccession(string Origin, int Number, long Size, DateTimeOffset At, string Previous, string Successor)
{
    private const string Format = "caseflow-key-succession-v1";

    /// <summary>What is signed; it ends with a new line.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture, $"{Format}\n{Origin}\n{Number}\n{Size}\n{At.UtcDateTime:O}\n{Previous}\n{Successor}\n");

    /// <returns>The note with both signatures.</returns>
    public string Sign(ICheckpointKey previous, ICheckpointKey successor) => SignedNote.Sign(Text, previous, successor);

    /// <returns>What the note states, whoever signed it; null when it states no succession.</returns>
    public static KeySuccession? In(string note)
    {
        if (SignedNote.TextOf(note) is not { } text || text.Split('\n') is not [Format, var origin, var number, var size, var at, var previous, var successor, ""])
            return null;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var which)
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var events)
            && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var when)
            && new KeySuccession(origin, which, events, when.ToUniversalTime(), previous, successor) is var stated
            && stated.Text == text // One way of writing it, or two files could say the same and differ.
                ? stated
                : null;
    }
}

/// <summary>
/// The statements that name each next key, in a file outside the database that is only ever added to. The database has them, too: what one of the two
/// lacks after a crash or a restore is taken from the other.
/// </summary>
public sealed class SuccessionFile(string path)
{
    private readonly OutsideList<Line> list = new(path, "list of the ledger's keys");

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <returns>The signed notes, oldest first.</returns>
    /// <exception cref="InvalidDataException">A line is none.</exception>
    public IReadOnlyList<string> Read() => [.. list.Read().Select(line => line.Note)];

    /// <summary>Adds one unless it is there; on the disk when this returns.</summary>
    public void Add(string note) => list.Add(new Line(note), listed => listed.Any(line => line.Note == note));

    private sealed record Line(string Note);
}
