using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Http;

namespace CaseFlow.Api.Disclosures;

/// <summary>The client's copy of the own record as a page that can be printed and handed over: the same content as in JSON, in plain words.</summary>
internal static class RecordCopyPage
{
    private const string Title = "Copy of record";

    private const string Style = """
        @page { size: letter; margin: 2cm }
        body { font: 12pt/1.4 serif; color: #000; background: #fff; max-width: 46em; margin: 1.5em auto; padding: 0 1em }
        h1 { font-size: 1.5em } h2 { font-size: 1.2em; border-bottom: 1px solid #000 }
        table { border-collapse: collapse } th { text-align: left; padding-right: 1.5em; vertical-align: top; font-weight: normal }
        article { break-inside: avoid; margin: 0 0 1em } article h3 { font-size: 1em; margin: 0 } article p { margin: 0 }
        blockquote { margin: .2em 0 .2em 1.5em; white-space: pre-wrap; overflow-wrap: anywhere }
        @media print { body { margin: 0; padding: 0; max-width: none } }
        """;

    /// <param name="copy">What is on it.</param>
    /// <param name="zone">Where the client lives: what stands on paper is read by a clock on the wall.</param>
    public static HtmlAnswer<RecordCopyDoor.Copy> Of(RecordCopyDoor.Copy copy, TimeZoneInfo zone)
    {
        var clock = new Clock(zone);
        var page = new StringBuilder().Append($"<h1>{Title}</h1>\n");
        if (copy.Client.Erased is { } erased)
            page.Append($"<p>Content of this record was erased on {clock.Day(erased.At)} ({Text(erased.ReasonCode)}).</p>\n");
        page.Append("<h2>Who the record is about</h2>\n<table>\n");
        foreach (var (what, value) in About(copy.Client, clock))
            page.Append($"<tr><th scope=\"row\">{Text(what)}</th><td>{Text(value)}</td></tr>\n");
        foreach (var (what, value) in copy.FurtherRecords.SelectMany(record => About(record, clock)))
            page.Append($"<tr><th scope=\"row\">{Text(what)}</th><td>{Text(value)}</td></tr>\n");
        page.Append("</table>\n<h2>What is recorded</h2>\n");
        if (copy.Entries.Count == 0)
            page.Append("<p>Nothing.</p>\n");
        foreach (var entry in copy.Entries)
            Append(page, entry, clock);
        if (copy.Amendments.Count > 0)
            page.Append("<h2>What was asked to be amended</h2>\n");
        foreach (var amendment in copy.Amendments)
            Append(page, amendment, clock);
        page.Append($"<p>Request {copy.RequestId}. Times are of {Text(zone.Id)}, each with its difference from UTC.</p>\n");
        return new HtmlAnswer<RecordCopyDoor.Copy>(copy, "copy-of-record.html", Title, Style, page.ToString());
    }

    private static void Append(StringBuilder page, RecordCopyDoor.Entry entry, Clock clock)
    {
        page.Append($"<article>\n<h3>{clock.Time(entry.OccurredAt)}: {Text(entry.Summary)}</h3>\n");
        page.Append($"<p>{Text(entry.Agency is { } agency ? $"Recorded by {agency}" : "Recorded by the system")} on {clock.Time(entry.RecordedAt)} ({Text(entry.Kind)}, {entry.EventId}).</p>\n");
        foreach (var (member, words) in entry.Words)
            page.Append($"<p>{Text(member)}:</p><blockquote>{Text(words ?? RecordCopyDoor.Unopened)}</blockquote>\n");
        if (entry.IsMistaken)
            page.Append($"<p>{Text(RecordCopyDoor.Mistaken)}.</p>\n");
        foreach (var amendment in entry.Amendments)
            page.Append($"<p>{Text(RecordCopyDoor.Saying(amendment))}:</p><blockquote>{Text(amendment.Words ?? RecordCopyDoor.Unopened)}</blockquote>\n");
        page.Append("</article>\n");
    }

    private static void Append(StringBuilder page, AmendmentDoors.Item amendment, Clock clock)
    {
        page.Append($"<article>\n<h3>{clock.Time(amendment.AskedAt)}: record of {Text(amendment.AgencyId)}</h3>\n");
        foreach (var (what, words) in RecordCopyDoor.Parts(amendment))
            page.Append($"<p>{Text(what)}:</p><blockquote>{Text(words)}</blockquote>\n");
        page.Append("</article>\n");
    }

    private static IEnumerable<(string What, string Value)> About(ReadClient.View client, Clock clock)
    {
        yield return ("Code", client.Code);
        if (client.Name is { } name)
            yield return ("Name", $"{name.GivenName} {name.FamilyName}");
        if (client.BornOn is { } born)
            yield return ("Born on", born);
        foreach (var alias in client.Aliases)
            yield return ("Also called", alias.IsMistaken ? $"{alias.Alias} ({RecordCopyDoor.Mistaken})" : alias.Alias);
        foreach (var point in client.ContactPoints)
        {
            var (text, message) = (point.SafeToText ? "safe" : "not safe", point.SafeToLeaveMessage ? "safe" : "not safe");
            yield return (point.Kind.Kebab(), $"{point.Value} ({text} to text, {message} to leave a message)");
        }

        foreach (var identifier in client.ExternalIdentifiers ?? [])
            yield return ($"Number at {identifier.System.Kebab()}", identifier.Value);
        if (client.Source is { } source)
            yield return ("Opened after", source.Kebab());
        if (client.RegisteredByAgency is { } agency)
            yield return ("Opened by", agency);
        yield return ("Opened on", clock.Day(client.RegisteredAt));
    }

    private static string Text(string value) => HtmlEncoder.Default.Encode(value);

    private sealed record Clock(TimeZoneInfo Zone)
    {
        public string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        public string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
    }
}
