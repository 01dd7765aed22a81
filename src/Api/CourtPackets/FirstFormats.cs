using System.Globalization;
using System.Net;
using System.Text;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Projections;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;
using static CaseFlow.Api.CourtPackets.PageText;

namespace CaseFlow.Api.CourtPackets;

/// <summary>
/// Pages as earlier formats were: those of formats 1 and 2 were not kept, and are made again as they were written, in UTC and in codes; the style is that of
/// all formats before one page was one sheet. Nothing here changes any more.
/// </summary>
public static class FirstFormats
{
    private const int LatestTests = 10;

    /// <summary>The style of formats 1 to 9.</summary>
    public const string Style = """
        body{font:10pt/1.35 Georgia,serif;color:#000;background:#fff;margin:0}
        section{padding:12mm;page-break-after:always;break-after:page}
        section:last-of-type{page-break-after:auto;break-after:auto}
        h1{font-size:15pt;margin:0 0 1mm}h2{font-size:11pt;margin:4mm 0 1mm;border-bottom:1px solid #000}
        p{margin:0 0 1mm}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.6mm 2mm .6mm 0}
        th{font-weight:normal;width:38%;color:#333}footer{margin-top:5mm;font-size:7.5pt;color:#333;word-break:break-all}
        @page{size:letter;margin:10mm}@media print{section{padding:0}}
        """;

    /// <summary>A page of a format that was not kept.</summary>
    /// <param name="same">Whether its data are what was issued.</param>
    public static string SheetMadeAgain(CourtReportIssued issued, PageContent content, DateTimeOffset at, string by, bool same)
    {
        var html = new StringBuilder("<section>\n<h1>").Append(Escaped(content.Name ?? content.ClientCode)).Append("</h1>\n<p>").Append(Escaped(content.CourtName)).Append(", ")
            .Append(Escaped(content.ClientCode)).Append(", ").Append(Day(content.AsOfDay)).Append(content.File == "open" ? ", open file" : ", confidential").Append("</p>\n");
        foreach (var (title, lines) in Sections(content.Compliance!, content.AsOfDay).Where(section => section.Lines.Count > 0))
        {
            html.Append("<h2>").Append(Escaped(title)).Append("</h2>\n<table>");
            foreach (var (name, value) in lines)
                html.Append("<tr><th>").Append(Escaped(name)).Append("</th><td>").Append(Escaped(value.Length == 0 ? "–" : value)).Append("</td></tr>");
            html.Append("</table>\n");
        }

        if (content.RedisclosureNotice is { } notice)
            html.Append("<p>").Append(Escaped(notice)).Append("</p>\n");
        return html.Append("<footer>Packet ").Append(issued.PacketId).Append(", page ").Append(issued.ParticipationId).Append(", for ").Append(Http.EnumNames.Kebab(issued.ForRole))
            .Append(". Issued ").Append(Time(at)).Append(" by ").Append(Escaped(by))
            .Append(CultureInfo.InvariantCulture, $". Recorded up to position {issued.Position}")
            .Append(issued.AsOf is { } asOf ? $", occurred by {Time(asOf)}" : "").Append(", measured at ").Append(Time(issued.EvaluatedAt))
            .Append(CultureInfo.InvariantCulture, $", court version {issued.CourtVersion}, format {issued.Format}. ")
            .Append(same ? "Same as issued: SHA-256 " : "Not the page that was issued: SHA-256 ").Append(Escaped(issued.ContentHash)).Append("</footer>\n</section>\n").ToString();
    }

    private static IEnumerable<(string Title, List<(string Name, string Value)> Lines)> Sections(ParticipantCompliance c, DateOnly today)
    {
        List<(string, string)> standing = [("Standing", ViewText.Of(c.Stage))];
        if (c.OpenWarrant)
            standing.Add(("Warrant", "open"));
        if (c.TerminationProposed)
            standing.Add(("Termination", "proposed, not decided"));
        if (c.Basis is { } basis)
            standing.Add(("Basis", $"{basis.Basis}, admitted {Day(basis.AdmittedOn)}, {N(basis.DaysInProgram)} days; on completion: {basis.OnCompletion}"));
        if (c.Ended is { } ended)
            standing.Add(("Ended", $"{Day(ended.On)} {ended.Reason}"));
        if (c.SourcesWithoutConsent.Count > 0)
            standing.Add(("Admitted without consent for", string.Join(", ", c.SourcesWithoutConsent)));
        yield return ("Standing", standing);
        if (c.Phase is { } phase)
        {
            yield return ("Phase", [
                ("Phase", $"{phase.Name}, since {Day(phase.Since)}, {N(phase.Days)} of at least {N(phase.MinDays)} days"),
                ("Met", string.Join("; ", phase.Met.Select(one => one.Name))),
                ("Missing", string.Join("; ", phase.Missing.Select(one => one.Required ? one.Name : $"{one.Name} (encouraged)"))),
                ("Everything asked is there", phase.IsEligible ? "yes: the team may decide" : "no"),
            ]);
        }

        if (c.Tests is { } tests)
            yield return ("Drug tests", TestLines(tests));
        if (c.Coaching is { } coaching)
        {
            yield return ("Recovery coaching", [
                ("State", (coaching.Status ?? "not told") + (coaching.ProviderAgencyId is { } provider ? $", {provider}" : "")),
                ("Ordered", coaching.Order is { } order ? $"{N(order.Sessions)} per {ViewText.Of(order.Per)} ({order.Kind}), {Day(order.From)} to {Day(order.Until)}; so far {N(coaching.OrderedSoFar ?? 0)}" : "offered, not ordered"),
                ("Held, missed, excused", coaching.Attendance is { } attended ? $"{N(attended.Held)} ({N(attended.Minutes)} min), {N(attended.Missed)}, {N(attended.Excused)}" : "none recorded, or not told"),
            ]);
        }

        yield return ("Hearings", [
            ("Next", c.Hearings.Next is { } next ? $"{Time(next.At)} ({next.Kind})" : "none scheduled"),
            ("Held, missed, missed with excuse", $"{N(c.Hearings.Held)}, {N(c.Hearings.Missed)}, {N(c.Hearings.MissedExcused)}"),
            ("Next due by", c.Hearings.NextDueBy is { } nextDue ? Day(nextDue) : "–"),
        ]);
        yield return ("Conditions", [.. c.Conditions.Where(one => one.IsOpen || one.Violations > 0).Select(one => (
            one.Kind,
            $"{(one.IsOpen ? "open" : one.SatisfiedOn is { } on ? $"satisfied {Day(on)}" : "lifted")}{(one.DueOn is { } due ? $", due {Day(due)}" : "")}{(one.IsOverdue(today) ? ", overdue" : "")}{(one.Violations > 0 ? $", violated {N(one.Violations)} times" : "")}"))]);
        yield return ("Orders", [
            ("Restitution", Money(c.Orders.Restitution)), ("Fees", Money(c.Orders.Fees)),
            ("Community service", $"{N(c.Orders.CommunityServiceHours.Settled)} of {N(c.Orders.CommunityServiceHours.Ordered)} hours"),
        ]);
        yield return ($"Responses, {N(c.Responses.Days)} days", [
            ("Incentives to sanctions", $"{N(c.Responses.Incentives)} : {N(c.Responses.Sanctions)} (aim {N(c.Responses.TargetPerSanction)} : 1)"),
            ("Latest", string.Join("; ", c.Responses.Latest.Take(5).Select(one => $"{Day(one.On)} {one.Kind} {one.Code}{(one.Retracted ? " (retracted)" : "")}"))),
        ]);
    }

    private static List<(string, string)> TestLines(TestsShown tests)
    {
        List<(string, string)> lines =
        [
            ("Selected, collected, missed, refused", $"{N(tests.Selected)}, {N(tests.Collected)}, {N(tests.Missed)}, {N(tests.Refused)}"),
            ("Positive, negative, not as asked, awaited", $"{N(tests.Positive)}, {N(tests.Negative)}, {N(tests.NonCompliant)}, {N(tests.Pending)}"),
        ];
        if (tests.Sobriety is { } run)
            lines.Add(("Sobriety", $"{N(run.CurrentDays)} days, longest {N(run.LongestDays)}"));
        lines.AddRange(tests.Latest.Where(one => one.Verdict is TestVerdict.Positive or TestVerdict.NonCompliance || one.Correction is not null)
            .Take(5)
            .Select(one => (Day(one.Day), $"{ViewText.Of(one.Verdict)}{(one.Contested ? ", contested" : "")}{(one.Correction is { } c ? $", corrected {Time(c.CorrectedAt)} ({ViewText.Of(c.Error)}), was {ViewText.Of(c.Previous)}" : "")}")));
        return lines;
    }

    private static string Money(OrderSum sum) =>
        $"{Dollars(sum.Settled)} of {Dollars(sum.Ordered)} settled{(sum.Overdue > 0 ? $", {Dollars(sum.Overdue)} overdue" : "")}";

    private static string Time(DateTimeOffset at) => InUtc.Time(at);

    private static string Escaped(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <returns>The content with the latest ten tests alone, as formats before 11 held it.</returns>
    public static PageContent WithLatestTests(PageContent content) => content.Compliance is not { Tests: { } tests } c
        ? content
        : content with { Compliance = c with { Tests = tests with { Latest = [.. tests.Latest.Take(LatestTests).Select(one => one with { SinceHearing = false })] } } };

    /// <returns>The content without what formats before 10 did not hold, so that what was issued then can be told from what was not.</returns>
    public static PageContent Without(PageContent content) => content.Compliance is not { } c
        ? content
        : content with
        {
            Compliance = c with
            {
                TerminationProposed = c.First?.TerminationProposed ?? c.TerminationProposed,
                TerminationDecided = false,
                Phase = c.Phase is null ? null : c.Phase with { Met = [.. c.Phase.Met, .. c.Phase.Waived ?? []], Waived = null },
                Tests = c.Tests is null ? null : c.Tests with { LastNegativeOn = null, SobrietyBasis = null, Latest = [.. c.Tests.Latest.Select(one => one with { Substances = null, Findings = null })] },
                Hearings = c.First is { } first ? c.Hearings with { NextDueBy = first.NextDueBy } : c.Hearings,
                Orders = c.Orders with { Fees = c.Orders.Fees with { Settled = c.Orders.Fees.Settled + c.Orders.Fees.Waived, Waived = 0 } },
                Responses = c.Responses with { Latest = [.. (c.First?.Responses ?? c.Responses.Latest).Select(one => one with { Behaviour = null, Days = null, DaysServed = null })] },
            },
        };
}
