using System.Text;
using CaseFlow.Api.CommandLine;
using CaseFlow.Api.Http;
using CaseFlow.Domain.Privacy;
using CsvHelper;

namespace CaseFlow.Api.Imports;

/// <summary>
/// Reads an incident file line by line, in memory that does not grow with the file. A broken line is told with its line,
/// its column and the reason, and the next one is read; only a file without the needed columns stops the import.
/// </summary>
public sealed class IncidentRowReader : IDisposable
{
    /// <summary>Characters of the longest value that is taken.</summary>
    public const int LongestValue = 200;

    private readonly Stream file;
    private readonly FileLines lines;
    private readonly CsvRecords records;
    private readonly CsvReaderOptions csv;
    private readonly int[] places;
    private readonly int[] markers;
    private readonly int columns;
    private bool badQuotes;

    private IncidentRowReader(Stream file, string name)
    {
        this.file = file;
        csv = new CsvReaderOptions { HasHeader = false, Separator = ',', OnMalformedRecord = _ => badQuotes = true };
        RefuseUtf16(file, name);
        lines = new FileLines(file);
        records = new CsvRecords(lines);

        var header = records.Next() ?? throw new CannotRunException($"{name} is empty.");
        var names = (header.Fault is null ? Fields(header.Text) : null)?.Select(field => field.Trim().ToLowerInvariant()).ToList()
            ?? throw new CannotRunException($"The first line of {name} is no line of column names in UTF-8.");
        columns = names.Count;
        if (IncidentColumns.All.Where(column => !names.Contains(column)).ToList() is { Count: > 0 } missing)
        {
            throw new CannotRunException(
                $"The first line of {name} lacks {string.Join(", ", missing)}; it names the columns, separated by commas.");
        }

        if (IncidentColumns.All.FirstOrDefault(column => names.IndexOf(column) != names.LastIndexOf(column)) is { } twice)
            throw new CannotRunException($"The first line of {name} names {twice} twice.");
        places = [.. IncidentColumns.All.Select(column => names.IndexOf(column))];
        markers = [.. Enumerable.Range(0, names.Count).Where(place => SensitiveContent.IsMarker(names[place]))];
    }

    /// <summary>Bytes of the file, for progress.</summary>
    public long Length => file.Length;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead => lines.BytesRead;

    /// <summary>Opens a file and checks its first line.</summary>
    /// <exception cref="CannotRunException">Not there, not readable, or not an incident file; one sentence says which.</exception>
    public static IncidentRowReader Open(string path)
    {
        if (Directory.Exists(path))
            throw new CannotRunException($"{path} is a directory, not a file.");
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return Over(file, path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CannotRunException($"There is no file {path}.", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException or NotSupportedException)
        {
            throw new CannotRunException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads from a seekable stream, which it closes in the end.</summary>
    /// <param name="file">Positioned at its beginning.</param>
    /// <param name="name">What messages call it.</param>
    public static IncidentRowReader Over(Stream file, string name)
    {
        try
        {
            return new IncidentRowReader(file, name);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Every line that is not blank, in the order of the file: a row, or why it is none.</summary>
    public IEnumerable<IncidentLine> Read()
    {
        while (records.Next() is { } record)
            yield return LineOf(record);
    }

    public void Dispose() => file.Dispose();

    private IncidentLine LineOf(CsvRecord record)
    {
        // First of all, and whatever else is wrong with the line: its content must not even reach the file of rejected lines.
        if (SensitiveContent.IsNamedIn(record.Text))
            return Sensitive();
        if (record.Fault is { } fault)
            return Broken(fault.Code, null, fault.Reason);
        if (record.Text.Any(character => char.IsControl(character) && character is not ('\t' or '\n')))
            return Broken("control-character", null, "The line holds a control character.");
        if (Fields(record.Text) is not { } fields)
            return Broken("bad-quotes", null, "A quotation mark stands in the middle of a value.");
        if (fields.Length != columns)
            return Broken("field-count", null, $"The line has {fields.Length} values, the first line names {columns} columns.");

        if (markers.Any(place => SensitiveContent.Marks(fields[place])))
            return Sensitive();

        var values = new string[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            values[i] = fields[places[i]].Trim();
            if (values[i].Length > LongestValue)
                return Broken("field-too-long", IncidentColumns.All[i], $"The value is longer than {LongestValue} characters.");
        }

        return new IncidentLine(new IncidentRow(record.Line, record.Text, values), null);

        IncidentLine Sensitive()
        {
            var refused = LabelRejections.LawEnforcementSensitive();
            return new(null, new RejectedRow(record.Line, refused.Code, null, refused.Reason, ""));
        }

        IncidentLine Broken(string code, string? field, string reason) =>
            new(null, new IncidentRow(record.Line, record.Text, []).Reject(code, field, reason));
    }

    /// <returns>The fields of one record, or null when its quotation marks make no sense.</returns>
    private string[]? Fields(string record)
    {
        badQuotes = false;
        using var parser = CsvReader.Create(Encoding.UTF8.GetBytes(record), csv);
        if (!parser.Read())
            return null;
        var fields = new string[parser.FieldCount];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = parser.GetString(i);
        return parser.Read() || badQuotes ? null : fields;
    }

    private static void RefuseUtf16(Stream file, string name)
    {
        Span<byte> mark = stackalloc byte[2];
        var read = file.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        file.Seek(0, SeekOrigin.Begin);
        if (read == 2 && (mark.SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xFE]) || mark.SequenceEqual((ReadOnlySpan<byte>)[0xFE, 0xFF])))
            throw new CannotRunException($"{name} is written in UTF-16: save it as UTF-8.");
    }
}

/// <summary>What a line is: a row, or rejected.</summary>
public readonly record struct IncidentLine(IncidentRow? Row, RejectedRow? Rejected);
