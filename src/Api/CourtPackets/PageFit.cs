using System.Globalization;

namespace CaseFlow.Api.CourtPackets;

/// <summary>One line of a page: what is said, and of what.</summary>
public sealed record PageRow(string Name, string Value);

/// <summary>One part of a page.</summary>
/// <param name="Always">What the sheet always holds.</param>
/// <param name="Listed">What comes one by one, the most important first: as many as the sheet has room for.</param>
/// <param name="Total">How many of those there are, also beyond the page's data.</param>
/// <param name="ReadOn">Where the others are.</param>
public sealed record PageSection(string Title, IReadOnlyList<PageRow> Always, IReadOnlyList<PageRow> Listed, int Total, string ReadOn)
{
    /// <summary>Where the others are, when they are among what was frozen with the sheet.</summary>
    public const string InData = "the data of this page";

    /// <summary>Of what is listed, as many as are named before anything else is: they go only where nothing else can.</summary>
    public int Named { get; init; }

    /// <summary>A part that always is there as it is.</summary>
    public static PageSection Of(string title, params IReadOnlyList<PageRow> rows) => new(title, rows, [], 0, InData);

    /// <summary>A part of which all is in the page's data.</summary>
    public static PageSection List(string title, IReadOnlyList<PageRow> rows) => new(title, [], rows, rows.Count, InData);
}

/// <summary>
/// What fits on one sheet. Lines are counted as they would break in a wide typeface, so that the sheet has room for them in any. Lists grow shorter first,
/// the longest of them before the others, and say how much more there is and where; then texts are cut, with a mark. What is to be named goes last of all.
/// </summary>
public static class PageFit
{
    /// <summary>Lines of one sheet, in its two columns together.</summary>
    public const int MostLines = 134;

    /// <summary>Most rows of a list, but for what is to be named.</summary>
    public const int MostListed = 8;

    /// <summary>Stands where a text was cut.</summary>
    public const char Mark = '…';

    /// <summary>Most letters of a name.</summary>
    public const int MostName = 2 * NameWidth;

    private const int NameWidth = 21;
    private const int ValueWidth = 33;

    /// <summary>A title stands apart from what is above it.</summary>
    private const int LinesOfTitle = 2;

    /// <summary>Most letters of a value, and rows of a list that stay; each tried in turn.</summary>
    private static readonly (int Letters, int Rows)[] Tries = [(6 * ValueWidth, 3), (2 * ValueWidth, 3), (2 * ValueWidth, 1), (ValueWidth, 0)];

    /// <param name="sections">Parts; those without any row are left out.</param>
    /// <param name="lines">What there is room for.</param>
    public static IReadOnlyList<(string Title, IReadOnlyList<PageRow> Rows)> Of(IReadOnlyList<PageSection> sections, int lines = MostLines)
    {
        IReadOnlyList<(string, IReadOnlyList<PageRow>)> fitted = [];
        foreach (var (letters, stay, namedGo) in Tries.Select(one => (one.Letters, one.Rows, NamedGo: false)).Append((Tries[^1].Letters, Tries[^1].Rows, NamedGo: true)))
        {
            var shown = sections.Select(section => Math.Min(Math.Max(MostListed, section.Named), section.Listed.Count)).ToArray();
            while (true)
            {
                fitted = [.. sections.Select((section, n) => (section.Title, (IReadOnlyList<PageRow>)Rows(section, shown[n], letters))).Where(one => one.Item2.Count > 0)];
                if (LinesOf(fitted) <= lines)
                    return fitted;
                int[] spare = [.. shown.Select((rows, n) => rows > Math.Max(stay, sections[n].Named) ? rows : 0)];
                if (namedGo && spare.All(rows => rows == 0))
                    spare = [.. shown.Select(rows => rows > stay ? rows : 0)];
                var longest = spare.Max();
                if (longest == 0)
                    break;
                shown[Array.LastIndexOf(spare, longest)]--;
            }
        }

        return fitted;
    }

    /// <returns>Lines that parts take, counted with care.</returns>
    public static int LinesOf(IEnumerable<(string Title, IReadOnlyList<PageRow> Rows)> parts) => parts.Sum(part => LinesOfTitle + part.Rows.Sum(LinesOf));

    /// <returns>The text, or its beginning with a mark.</returns>
    public static string Cut(string text, int letters)
    {
        if (text.Length <= letters)
            return text;
        var end = letters - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd() + Mark;
    }

    private static List<PageRow> Rows(PageSection section, int shown, int letters)
    {
        List<PageRow> rows = [.. section.Always.Concat(section.Listed.Take(shown)).Select(row => new PageRow(Cut(row.Name, MostName), Cut(row.Value, letters)))];
        if (section.Total > shown)
            rows.Add(new PageRow(string.Create(CultureInfo.InvariantCulture, $"and {section.Total - shown} more"), $"in {section.ReadOn}"));
        return rows;
    }

    private static int LinesOf(PageRow row) => Math.Max(Lines(row.Name, NameWidth), Lines(row.Value, ValueWidth));

    private static int Lines(string text, int width) => Math.Max(1, (text.Length + width - 1) / width);
}
