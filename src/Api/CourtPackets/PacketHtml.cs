using System.Globalization;
using System.Net;
using System.Text;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Projections;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Api.CourtPackets;

/// <summary>
/// A packet on paper: one sheet for each participant. Days and times are the court's, each time with its offset, so that the hour that comes
/// twice in autumn is told apart. A change of what a sheet says or how is a new format (<see cref="PacketPages.Format"/>).
/// </summary>
/// <param name="clock">The clock on the court's wall; null for UTC.</param>
public sealed class PacketHtml(PacketHtml.Clock? clock)
{
    /// <param name="At">An instant as it shows it.</param>
    /// <param name="Zone">Name of its time zone.</param>
    public sealed record Clock(Func<DateTimeOffset, DateTimeOffset> At, string Zone);

    /// <summary>The whole style; its hash is in the answer's content security policy.</summary>
    public const string Style = """
        body{font:10pt/1.35 Georgia,serif;color:#000;background:#fff;margin:0}
        section{padding:12mm;page-break-after:always;break-after:page}
        section:last-of-type{page-break-after:auto;break-after:auto}
        h1{font-size:15pt;margin:0 0 1mm}h2{font-size:11pt;margin:4mm 0 1mm;border-bottom:1px solid #000}
        p{margin:0 0 1mm}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.6mm 2mm .6mm 0}
        th{font-weight:normal;width:38%;color:#333}footer{margin-top:5mm;font-size:7.5pt;color:#333;word-break:break-all}
        @page{size:letter;margin:10mm}@media print{section{padding:0}}
        """;

    /// <summary>As pages of formats 1 and 2 were written.</summary>
    public static PacketHtml InUtc { get; } = new(clock: null);

    /// <summary>Stands before a sheet that is not the one that was issued.</summary>
    public const string NotAsIssued = "<section><h1>Not the page that was issued</h1><p>What follows does not have the hash that was recorded.</p></section>\n";

    /// <returns>The clock on a court's wall.</returns>
    public static Clock ClockOf(CourtAsked court) => new(court.OnTheWall, court.TimeZone);

    /// <summary>A page as it is frozen when it is issued; every value is escaped.</summary>
    public string Sheet(CourtReportIssued issued, PageContent content, DateTimeOffset at, string by) =>
        Sheet(issued, html => Content(html, content), at, by, "SHA-256 of its data ");

    /// <summary>A page of a format that was not kept.</summary>
    /// <param name="same">Whether its data are what was issued.</param>
    public string SheetMadeAgain(CourtReportIssued issued, PageContent content, DateTimeOffset at, string by, bool same) =>
        Sheet(issued, html => Content(html, content), at, by, same ? "Same as issued: SHA-256 " : "Not the page that was issued: SHA-256 ");

    /// <summary>What stands in the place of a page that is not shown: that there was one, which, and why it is not shown.</summary>
    public string SheetWithout(CourtReportIssued issued, PacketDoors.Withheld because, string? erasedReason, DateTimeOffset at, string by) => Sheet(
        issued,
        html => html.Append("<h1>Page not shown</h1><p>").Append(because switch
        {
            PacketDoors.Withheld.Erased => $"The content of this record is erased by order ({Escaped(erasedReason)}).",
            PacketDoors.Withheld.Unreadable => "What was kept of this page does not open: it was altered, or its key is gone.",
            _ => "Consents in force now do not let this page be shown.",
        }).Append("</p>\n"),
        at, by, "Not the page that was issued: SHA-256 ");

    private string Sheet(CourtReportIssued issued, Action<StringBuilder> body, DateTimeOffset at, string by, string hash)
    {
        var html = new StringBuilder("<section>\n");
        body(html);
        return html.Append("<footer>Packet ").Append(issued.PacketId).Append(", page ").Append(issued.ParticipationId).Append(", for ").Append(Http.EnumNames.Kebab(issued.ForRole))
            .Append(". Issued ").Append(Time(at)).Append(" by ").Append(Escaped(by))
            .Append(CultureInfo.InvariantCulture, $". Recorded up to position {issued.Position}")
            .Append(issued.AsOf is { } asOf ? $", occurred by {Time(asOf)}" : "").Append(", measured at ").Append(Time(issued.EvaluatedAt))
            .Append(CultureInfo.InvariantCulture, $", court version {issued.CourtVersion}, format {issued.Format}. ")
            .Append(clock is null ? "" : $"Times are those of {Escaped(clock.Zone)}, with their offset from UTC. ")
            .Append(hash).Append(Escaped(issued.ContentHash)).Append("</footer>\n</section>\n").ToString();
    }

    private void Content(StringBuilder html, PageContent content)
    {
        html.Append("<h1>").Append(Escaped(content.Name ?? content.ClientCode)).Append("</h1>\n<p>").Append(Escaped(content.CourtName)).Append(", ").Append(Escaped(content.ClientCode))
            .Append(", ").Append(Day(content.AsOfDay)).Append(content.File == "open" ? ", open file" : ", confidential").Append("</p>\n");
        if (content.Compliance is not { } c)
        {
            OpenFileContent(html, content.OpenFile!);
            if (content.Beside is { } marks)
                Table(html, "Beside what is filed", [.. marks.SelectMany(BesideLines)]);
            return;
        }

        if (c.Alerts is { } alerts)
            Table(html, "To be known first", [.. alerts.Select(AlertLine)]);
        if (content.Beside is { } beside)
            Table(html, "Beside what is recorded", [.. beside.SelectMany(BesideLines)]);
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
            standing.Add(("No consent in force for", string.Join(", ", c.SourcesWithoutConsent)));
        Table(html, "Standing", standing);
        if (c.Phase is { } phase)
        {
            Table(html, "Phase", [
                ("Phase", $"{phase.Name}, since {Day(phase.Since)}, {N(phase.Days)} of at least {N(phase.MinDays)} days"),
                ("Met", string.Join("; ", phase.Met.Select(one => one.Name))),
                .. phase.Waived is { } waived ? new[] { ("Waived", string.Join("; ", waived.Select(one => one.Name))) } : [],
                ("Missing", string.Join("; ", phase.Missing.Select(one => one.Required ? one.Name : $"{one.Name} (encouraged)"))),
                ("Everything asked is there", phase.IsEligible ? "yes: the team may decide" : "no"),
            ]);
        }

        if (c.Tests is { } tests)
            Table(html, "Drug tests", TestLines(tests));
        if (c.Coaching is { } coaching)
            Table(html, "Recovery coaching", CoachingLines(coaching));
        if (c.TreatmentAttendance is { } treatment)
            Table(html, "Attendance of treatment", [.. treatment.Select(one => (one.ProviderAgencyId, TreatmentLine(one)))]);
        Table(html, "Hearings", [
            ("Next", c.Hearings.Next is { } next ? $"{Time(next.At)} ({next.Kind})" : "none scheduled"),
            ("Held, missed, missed with excuse", $"{N(c.Hearings.Held)}, {N(c.Hearings.Missed)}, {N(c.Hearings.MissedExcused)}"),
            ("Next due by", c.Hearings.NextDueBy is { } due ? Day(due) : "–"),
            .. c.Hearings.Vacated > 0 ? new[] { ("Vacated by the end", N(c.Hearings.Vacated)) } : [],
        ]);
        Table(html, "Conditions", [.. c.Conditions.Where(one => one.IsOpen || one.Violations > 0).Select(one => (
            one.Kind,
            $"{(one.IsOpen ? "open" : one.SatisfiedOn is { } on ? $"satisfied {Day(on)}" : "lifted")}{(one.DueOn is { } due ? $", due {Day(due)}" : "")}{(one.IsOverdue(content.AsOfDay) ? ", overdue" : "")}{(one.Violations > 0 ? $", violated {N(one.Violations)} times" : "")}"))]);
        Table(html, "Orders", [
            ("Restitution", Money(c.Orders.Restitution)), ("Fees", Money(c.Orders.Fees)),
            ("Community service", $"{N(c.Orders.CommunityServiceHours.Settled)} of {N(c.Orders.CommunityServiceHours.Ordered)} hours"),
        ]);
        Table(html, $"Responses, {N(c.Responses.Days)} days", [
            ("Incentives to sanctions", $"{N(c.Responses.Incentives)} : {N(c.Responses.Sanctions)} (aim {N(c.Responses.TargetPerSanction)} : 1)"),
            ("Latest", string.Join("; ", c.Responses.Latest.Take(5).Select(one => $"{Day(one.On)} {one.Kind} {one.Code}{(one.Retracted ? " (retracted)" : "")}"))),
        ]);
        if (content.RedisclosureNotice is { } notice)
            html.Append("<p>").Append(Escaped(notice)).Append("</p>\n");
    }

    private void OpenFileContent(StringBuilder html, OpenFileShown open)
    {
        html.Append("<p>").Append(OpenFileLines.Preface).Append("</p>\n");
        foreach (var (title, lines) in new OpenFileLines(Time).Of(open))
            Table(html, title, lines);
    }

    private static (string Name, string Value) AlertLine(ComplianceAlert alert) => alert.Kind switch
    {
        ComplianceAlertKind.Deceased => ("Has died", $"{Day(alert.On)}: nothing is missed from that day on; the court closes the participation"),
        ComplianceAlertKind.LegalBasisOver => ("Legal basis is over", $"since {Day(alert.On)}"),
        ComplianceAlertKind.LegalBasisEnding => ("Legal basis ends", Day(alert.On)),
        ComplianceAlertKind.JailUnusual => ("Days of jail, unusually many", $"{N(alert.Days ?? 0)}, the last imposed {Day(alert.On)}; more than {N(alert.Limit ?? 0)} is unusual (R36)"),
        ComplianceAlertKind.AftercareEnding => ("Aftercare ends", Day(alert.On)),
        _ => throw new System.Diagnostics.UnreachableException($"{alert.Kind} is no alert."),
    };

    private IEnumerable<(string Name, string Value)> BesideLines(EntryBeside entry)
    {
        var name = $"{entry.Kind.Replace('_', ' ')}, {Time(entry.OccurredAt)}";
        if (entry.Mistaken is { } mistaken)
            yield return (name, $"{Disclosures.RecordCopyDoor.Mistaken}, found {Time(mistaken.At)}");
        foreach (var amendment in entry.Amendments)
            yield return (name, $"{Disclosures.RecordCopyDoor.Saying(amendment)}, {Time(amendment.At)}");
    }

    private List<(string, string)> TestLines(TestsShown tests)
    {
        List<(string, string)> lines =
        [
            ("Selected, collected, missed, refused", $"{N(tests.Selected)}, {N(tests.Collected)}, {N(tests.Missed)}, {N(tests.Refused)}"),
            ("Positive, negative, not as asked, awaited", $"{N(tests.Positive)}, {N(tests.Negative)}, {N(tests.NonCompliant)}, {N(tests.Pending)}"),
        ];
        if (tests.Untold > 0)
            lines.Add(("Drawn, and nobody told the participant", $"{N(tests.Untold)}: counts for nothing"));
        if (tests.Sobriety is { } run)
            lines.Add(("Sobriety", $"{N(run.CurrentDays)} days, longest {N(run.LongestDays)}{(tests.LastNegativeOn is { } negative ? $"; last negative test {Day(negative)}" : "")}"));
        else if (tests.SobrietyBasis == SobrietyBasis.NoneYet)
            lines.Add(("Sobriety", "none yet: no test says anything"));
        lines.AddRange(tests.Latest.Where(one => one.Verdict is Projections.CourtActivity.TestVerdict.Positive or Projections.CourtActivity.TestVerdict.NonCompliance || one.Correction is not null)
            .Take(5)
            .Select(one => (Day(one.Day), $"{ViewText.Of(one.Verdict)}{(one.Contested ? ", contested" : "")}{(one.Correction is { } c ? $", corrected {Time(c.CorrectedAt)} ({ViewText.Of(c.Error)}), was {ViewText.Of(c.Previous)}" : "")}")));
        return lines;
    }

    private static string TreatmentLine(TreatmentShown told) =>
        $"{N(told.Attended)} of {N(told.Offered)} sessions attended, {N(told.Excused)} excused, {N(told.Missed)} missed; reported until {Day(told.Latest[0].To)}";

    private List<(string, string)> CoachingLines(CoachingShown coaching) =>
    [
        ("State", (coaching.Status ?? "not told") + (coaching.ProviderAgencyId is { } provider ? $", {provider}" : "")),
        ("Ordered", coaching.Order is { } order ? $"{N(order.Sessions)} per {ViewText.Of(order.Per)} ({order.Kind}), {Day(order.From)} to {Day(order.Until)}; so far {N(coaching.OrderedSoFar ?? 0)}" : "offered, not ordered"),
        ("Held, missed, excused", coaching.Attendance is { } attended ? $"{N(attended.Held)} ({N(attended.Minutes)} min), {N(attended.Missed)}, {N(attended.Excused)}" : "none recorded, or not told"),
        .. coaching.AttendedSoFar is { } kept ? new[] { ("Attended of what was ordered so far", $"{N(kept)} of {N(coaching.OrderedSoFar ?? 0)}") } : [],
        .. (coaching.Apart ?? []).Select(one => (
            $"Beside it: {PlainNames.Words(one.Kind)}{(one.ProviderAgencyId is { } whose ? $", {whose}" : "")}",
            $"held {N(one.Attendance.Held)} ({N(one.Attendance.Minutes)} min), missed {N(one.Attendance.Missed)}, excused {N(one.Attendance.Excused)}; {PlainNames.Words(one.Reason)}")),
        .. (coaching.Attention ?? []).Select(one => (
            PlainNames.Words(one.Kind), $"since {Time(one.Since)}{(one.DueAt is { } due ? $", due {Time(due)}" : "")}{(one.Overdue ? ", overdue" : "")}")),
    ];

    private static void Table(StringBuilder html, string title, List<(string Name, string Value)> lines)
    {
        if (lines.Count == 0)
            return;
        html.Append("<h2>").Append(Escaped(title)).Append("</h2>\n<table>");
        foreach (var (name, value) in lines)
            html.Append("<tr><th>").Append(Escaped(name)).Append("</th><td>").Append(Escaped(value.Length == 0 ? "–" : value)).Append("</td></tr>");
        html.Append("</table>\n");
    }

    private static string Money(OrderSum sum) =>
        $"{Dollars(sum.Settled)} of {Dollars(sum.Ordered)} settled{(sum.Waived > 0 ? $", {Dollars(sum.Waived)} waived" : "")}{(sum.Overdue > 0 ? $", {Dollars(sum.Overdue)} overdue" : "")}";

    private static string Dollars(long cents) => string.Create(CultureInfo.InvariantCulture, $"${cents / 100}.{cents % 100:00}");

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Time(DateTimeOffset at) => clock is null
        ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)
        : clock.At(at).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private static string Escaped(string? text) => WebUtility.HtmlEncode(text ?? "");
}
