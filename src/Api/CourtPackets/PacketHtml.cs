using System.Globalization;
using System.Net;
using System.Text;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain.CourtReports;

namespace CaseFlow.Api.CourtPackets;

/// <summary>
/// A packet on paper: one sheet of US Letter for each participant, in words. Days and times are the court's, each time with its offset, so that the hour
/// that comes twice in autumn is told apart. A change of what a sheet says or how is a new format (<see cref="PacketPages.Format"/>).
/// </summary>
public sealed class PacketHtml(PageText text)
{
    /// <summary>Since this format a page is one sheet.</summary>
    public const int OnOneSheet = 10;

    /// <summary>The style since format 10; its hash is in the answer's content security policy.</summary>
    public const string Style = """
        body{font:8pt/1.2 Helvetica,Arial,sans-serif;color:#000;background:#fff;margin:0}
        section{padding:10mm;max-width:196mm;break-after:page}
        section:last-of-type{break-after:auto}
        h1{font-size:13pt;line-height:1.15;margin:0 0 .5mm}
        h2{font-size:8.5pt;line-height:1.2;margin:1.2mm 0 .3mm;border-bottom:1px solid #000;break-after:avoid}
        p{margin:0 0 .8mm}div+p{margin-top:1.5mm;font-size:6.5pt}
        div{columns:2;column-gap:6mm}
        table{border-collapse:collapse;width:100%;table-layout:fixed}tr{break-inside:avoid}
        td,th{text-align:left;vertical-align:top;padding:.15mm 1.5mm .15mm 0;overflow-wrap:anywhere}
        th{font-weight:normal;width:38%;color:#333}
        footer{margin-top:2mm;font-size:6.5pt;color:#333;overflow-wrap:anywhere}
        @page{size:letter;margin:10mm}@media print{section{padding:0;max-width:none}}
        """;

    /// <summary>Stands before a sheet that is not the one that was issued.</summary>
    public const string NotAsIssued = "<section><h1>Not the page that was issued</h1><p>What follows does not have the hash that was recorded.</p></section>\n";

    private const int MostTitle = 60;
    private const int MostLine = 90;
    private const int LettersOfNotice = 150;

    /// <returns>The style of a format's pages: those that are kept are printed as they were.</returns>
    public static string StyleOf(int format) => format >= OnOneSheet ? Style : FirstFormats.Style;

    /// <summary>A page as it is frozen when it is issued; every value is escaped.</summary>
    public string Sheet(CourtReportIssued issued, PageContent content, PageNames names, DateTimeOffset at, string by) =>
        Sheet(issued, html => Content(html, issued, content, names), at, by, "SHA-256 of its data ");

    /// <summary>What stands in the place of a page that is not shown: that there was one, which, and why it is not shown.</summary>
    public string SheetWithout(CourtReportIssued issued, PacketDoors.Withheld because, string? reason, DateTimeOffset at, string by) => Sheet(
        issued,
        html => html.Append("<h1>Page not shown</h1>\n<p>").Append(because switch
        {
            PacketDoors.Withheld.Erased => $"The content of this record is erased by order ({Escaped(PageWords.Code(reason))}).",
            PacketDoors.Withheld.Sealed => $"This record is sealed by order ({Escaped(PageWords.Code(reason))}) until the order is lifted.",
            PacketDoors.Withheld.Unreadable => "What was kept of this page does not open: it was altered, or its key is gone.",
            _ => "Consents in force now do not let this page be shown.",
        }).Append("</p>\n"),
        at, by, "Not the page that was issued: SHA-256 ");

    private string Sheet(CourtReportIssued issued, Action<StringBuilder> body, DateTimeOffset at, string by, string hash)
    {
        var html = new StringBuilder("<section>\n");
        body(html);
        var isCut = html.ToString().Contains(PageFit.Mark, StringComparison.Ordinal);
        return html.Append("<footer>Packet ").Append(issued.PacketId).Append(", page ").Append(issued.ParticipationId).Append(", for ").Append(PageWords.Of(issued.ForRole))
            .Append(". Issued ").Append(text.Time(at)).Append(" by ").Append(Escaped(PageFit.Cut(by, MostTitle)))
            .Append(CultureInfo.InvariantCulture, $". Recorded up to position {issued.Position}")
            .Append(issued.AsOf is { } asOf ? $", occurred by {text.Time(asOf)}" : "").Append(", measured at ").Append(text.Time(issued.EvaluatedAt))
            .Append(CultureInfo.InvariantCulture, $", court version {issued.CourtVersion}, format {issued.Format}. ")
            .Append(text.Zone is { } zone ? $"Times are those of {Escaped(zone)}, with their offset from UTC. " : "")
            .Append(isCut ? $"{PageFit.Mark} marks what is cut to stay on one sheet; its data are whole. " : "")
            .Append(hash).Append(Escaped(issued.ContentHash)).Append("</footer>\n</section>\n").ToString();
    }

    private void Content(StringBuilder html, CourtReportIssued issued, PageContent content, PageNames names)
    {
        var subline = PageText.Together(PageFit.Cut(content.CourtName, MostTitle), content.ClientCode, PageText.Day(content.AsOfDay), content.File == "open" ? "open file" : "confidential");
        html.Append("<h1>").Append(Escaped(PageFit.Cut(content.Name ?? content.ClientCode, MostTitle))).Append("</h1>\n<p>").Append(Escaped(PageFit.Cut(subline, 2 * MostLine))).Append("</p>\n");
        if (issued.AsRecorded is { } known)
            html.Append("<p>As it was on record at ").Append(text.Time(known)).Append("; what was recorded or corrected later is not in it.</p>\n");
        if (content.OpenFile is not null)
            html.Append("<p>").Append(OpenFileLines.Preface).Append("</p>\n");
        var lines = PageFit.MostLines - LinesOf(content.RedisclosureNotice);
        html.Append("<div>\n");
        foreach (var (title, rows) in PageFit.Of([.. Sections(content, names)], lines))
        {
            html.Append("<h2>").Append(Escaped(title)).Append("</h2>\n<table>");
            foreach (var (name, value) in rows)
                html.Append("<tr><th>").Append(Escaped(name)).Append("</th><td>").Append(Escaped(value.Length == 0 ? "–" : value)).Append("</td></tr>");
            html.Append("</table>\n");
        }

        html.Append("</div>\n");
        if (content.RedisclosureNotice is { } notice)
            html.Append("<p>").Append(Escaped(notice)).Append("</p>\n");
    }

    /// <summary>Lines of the columns, of both together, that a notice takes up below them; it is smaller, and never cut.</summary>
    private static int LinesOf(string? notice) => notice is null ? 0 : 2 * (1 + (notice.Length / LettersOfNotice * 4 / 5));

    private IEnumerable<PageSection> Sections(PageContent content, PageNames names)
    {
        if (content.Compliance?.Alerts is { } alerts)
            yield return StandingLines.Alerts(alerts);
        var beside = content.Beside is { } entries
            ? PageSection.List(content.OpenFile is null ? "Beside what is recorded" : "Beside what is filed", [.. entries.SelectMany(Beside)])
            : null;
        if (content.OpenFile is null && beside is not null)
            yield return beside;
        var parts = content.Compliance is { } standing ? new StandingLines(text, names).Of(standing, content.AsOfDay) : new OpenFileLines(text, names).Of(content.OpenFile!);
        foreach (var part in parts)
            yield return part;
        if (content.OpenFile is not null && beside is not null)
            yield return beside;
    }

    private IEnumerable<PageRow> Beside(EntryBeside entry)
    {
        var name = $"{PageWords.Code(entry.Kind)}, {text.DayOf(entry.OccurredAt)}";
        if (entry.Mistaken is { } mistaken)
            yield return new(name, $"{Disclosures.RecordCopyDoor.Mistaken}, found {text.DayOf(mistaken.At)}");
        foreach (var amendment in entry.Amendments)
        {
            var what = amendment.Ground is { } ground ? $"disagreement with the denial of an amendment ({PageWords.Of(ground)})" : "amended";
            yield return new(name, $"{what}, {text.DayOf(amendment.At)}");
        }
    }

    private static string Escaped(string? value) => WebUtility.HtmlEncode(value ?? "");
}
