using System.Globalization;

namespace CaseFlow.Api.Imports;

/// <summary>The counts of an import as lines of text; never content of a row.</summary>
internal static class ImportSummary
{
    /// <param name="tally">What became of the rows.</param>
    /// <param name="dryRun">Nothing was recorded.</param>
    public static IEnumerable<string> LinesOf(ImportTally tally, bool dryRun)
    {
        if (dryRun)
            yield return "Dry run: nothing is recorded.";
        yield return Line("rows read", tally.RowsRead);
        yield return Line(dryRun ? "would be recorded" : "overdoses recorded", tally.Recorded);
        yield return Line("already there", tally.AlreadyThere);
        yield return Line("repeated in the file", tally.Repeated);
        yield return Line("rejected", tally.RejectedRows);
        foreach (var (code, count) in tally.Rejected)
        {
            var lines = tally.FirstLines[code];
            yield return Line($"  {code}", count) + $"   line {string.Join(", ", lines)}{(count > lines.Count ? ", …" : "")}";
        }

        if (tally.Notes.Count > 0)
            yield return "not known, of the rows that are in:";
        var notes = tally.Notes
            .OrderBy(entry => entry.Key.Field, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.What, StringComparer.Ordinal);
        foreach (var (note, count) in notes)
            yield return Line($"  {note.Field}: {note.What}", count);
        yield return string.Create(
            CultureInfo.InvariantCulture, $"{tally.Elapsed.TotalSeconds:0.00} s, {tally.RowsPerSecond:#,0} rows per second");
    }

    private static string Line(string what, int count) => string.Create(CultureInfo.InvariantCulture, $"{what,-48}{count,10:#,0}");
}
