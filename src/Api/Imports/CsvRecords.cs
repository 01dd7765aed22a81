using System.Text;

namespace CaseFlow.Api.Imports;

/// <summary>
/// The records of a CSV file (RFC 4180): a quoted field may run over several lines. A quote that is never closed costs the
/// line it stands on and no other: the lines after it are read again on their own.
/// </summary>
internal sealed class CsvRecords(FileLines lines)
{
    /// <summary>Lines that one record may run over.</summary>
    private const int MostLines = 50;

    private readonly Stack<FileLine> putBack = new();

    /// <returns>The next record that is not blank, or null at the end of the file.</returns>
    public CsvRecord? Next()
    {
        while (Take() is { } line)
        {
            if (line.Fault != LineFault.None)
                return new CsvRecord(line.Number, line.Text, FaultOf(line.Fault));
            if (string.IsNullOrWhiteSpace(line.Text))
                continue;
            return LeavesQuoteOpen(line.Text, inQuotes: false) ? Continued(line) : new CsvRecord(line.Number, line.Text, null);
        }

        return null;
    }

    private CsvRecord Continued(FileLine first)
    {
        var text = new StringBuilder(first.Text);
        var held = new List<FileLine>();
        while (held.Count < MostLines && Take() is { } line)
        {
            held.Add(line);
            if (line.Fault != LineFault.None || text.Length + line.Text.Length > FileLines.Longest)
                break;
            text.Append('\n').Append(line.Text);
            if (!LeavesQuoteOpen(line.Text, inQuotes: true))
                return new CsvRecord(first.Number, text.ToString(), null);
        }

        for (var i = held.Count - 1; i >= 0; i--)
            putBack.Push(held[i]);
        return new CsvRecord(
            first.Number, first.Text, new RecordFault("quote-not-closed", "A quotation mark opens and is never closed."));
    }

    private FileLine? Take() => putBack.TryPop(out var line) ? line : lines.Next();

    private static bool LeavesQuoteOpen(string text, bool inQuotes)
    {
        var fieldStarts = true;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (inQuotes)
            {
                if (character != '"')
                    continue;
                if (i + 1 < text.Length && text[i + 1] == '"')
                    i++;
                else
                    inQuotes = false;
            }
            else
            {
                inQuotes = character == '"' && fieldStarts;
            }

            fieldStarts = character == ',';
        }

        return inQuotes;
    }

    private static RecordFault FaultOf(LineFault fault) => fault == LineFault.TooLong
        ? new RecordFault("line-too-long", $"The line is longer than {FileLines.Longest} bytes.")
        : new RecordFault("not-utf8", "The line is not valid UTF-8.");
}

/// <param name="Line">Line of the file on which it begins, from 1.</param>
/// <param name="Text">The record as it stands in the file.</param>
/// <param name="Fault">Why it cannot be taken apart, or null.</param>
internal sealed record CsvRecord(int Line, string Text, RecordFault? Fault);

internal sealed record RecordFault(string Code, string Reason);
