namespace CaseFlow.Api.Imports;

/// <summary>
/// What became of the rows of one import. Every row read is counted once: recorded, already there, repeated or rejected.
/// </summary>
public sealed class ImportTally
{
    /// <summary>Lines that are neither blank nor the first.</summary>
    public int RowsRead { get; internal set; }

    /// <summary>Overdoses recorded now; in a dry run those that would be.</summary>
    public int Recorded { get; internal set; }

    /// <summary>Recorded by an earlier import, with the same content.</summary>
    public int AlreadyThere { get; internal set; }

    /// <summary>The same line again within the file.</summary>
    public int Repeated { get; internal set; }

    /// <summary>Rejected rows by code.</summary>
    public SortedDictionary<string, int> Rejected { get; } = new(StringComparer.Ordinal);

    /// <summary>Lines of the first few rejections of each code.</summary>
    public SortedDictionary<string, List<int>> FirstLines { get; } = new(StringComparer.Ordinal);

    /// <summary>What is not known of the rows that are in.</summary>
    public Dictionary<RowNote, int> Notes { get; } = [];

    public TimeSpan Elapsed { get; internal set; }

    public int RejectedRows => Rejected.Values.Sum();

    public double RowsPerSecond => Elapsed > TimeSpan.Zero ? RowsRead / Elapsed.TotalSeconds : 0;

    internal void Reject(RejectedRow row)
    {
        Rejected[row.Code] = Rejected.GetValueOrDefault(row.Code) + 1;
        if (!FirstLines.TryGetValue(row.Code, out var lines))
            FirstLines[row.Code] = lines = [];
        if (lines.Count < 5)
            lines.Add(row.Line);
    }

    internal void In(IncidentReport report, bool already)
    {
        if (already)
            AlreadyThere++;
        else
            Recorded++;
        foreach (var note in report.Notes)
            Notes[note] = Notes.GetValueOrDefault(note) + 1;
    }
}
