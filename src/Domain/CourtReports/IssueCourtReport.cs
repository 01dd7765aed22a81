using CaseFlow.Domain.Consents;

namespace CaseFlow.Domain.CourtReports;

/// <summary>One page that could be issued, with what still stands in its way.</summary>
/// <param name="Page">What would be recorded of it.</param>
/// <param name="Missing">Sources that may not tell the team what monitoring takes (R38).</param>
public sealed record CourtReportPage(CourtReportIssued Page, IReadOnlyList<MissingConsent> Missing);

/// <summary>
/// A packet is issued for a hearing. A page without the consents it needs is not made: it would tell the court less than it seems to, or
/// more than the client allowed (R38). The others are issued; a packet without any is refused and names what is missing.
/// </summary>
/// <param name="Pages">In the order of the docket.</param>
public sealed record IssueCourtReport(Guid PacketId, IReadOnlyList<CourtReportPage> Pages)
{
    /// <summary>Most pages of one packet.</summary>
    public const int MostPages = 200;

    public static Decision<CourtReportEvent> Decide(IssueCourtReport command, CourtReportState state, DateTimeOffset now)
    {
        if (state.Pages.Count > 0)
        {
            return state.Pages.All(page => command.Pages.Any(one => Asked(one.Page) == Asked(page)))
                ? Decision<CourtReportEvent>.AlreadyDone
                : CourtReportRejections.IssuedDifferently(command.PacketId);
        }

        if (command.Pages.Count == 0)
            return CourtReportRejections.Empty();
        if (command.Pages.Count > MostPages)
            return CourtReportRejections.TooMany(MostPages);

        CourtReportEvent[] issued = [.. command.Pages.Where(one => one.Missing.Count == 0).Select(one => one.Page.At(now))];
        return issued.Length > 0 ? issued : CourtReportRejections.ConsentMissing() with { Parts = [.. command.Pages.SelectMany(Named)] };
    }

    /// <summary>What was asked for: a packet of another moment is another packet.</summary>
    private static (Guid, string, Role, DateTimeOffset?, DateTimeOffset?) Asked(CourtReportIssued page) =>
        (page.ParticipationId, page.Court, page.ForRole, page.AsOf, page.AsRecorded);

    /// <summary>Each participant and source, and why, so that somebody can ask for the consent.</summary>
    private static IEnumerable<Rejection> Named(CourtReportPage page) => page.Missing.Select(missing => CourtReportRejections.ConsentMissing() with
    {
        Reason = $"{missing.Source} may not tell {string.Join(", ", missing.Information.Select(PlainNames.Words))} ({PlainNames.Words(missing.Gap)}).",
        Field = page.Page.ParticipationId.ToString(),
    });
}

/// <summary>Every way a packet can be refused.</summary>
public static class CourtReportRejections
{
    public static Rejection NotFound(Guid packetId) => new(RejectionKind.NotFound, "packet-not-found", $"The court has no packet {packetId}.");

    public static Rejection IssuedDifferently(Guid packetId) => new(
        RejectionKind.Conflict, "packet-issued-differently", $"The packet {packetId} was issued for other participants, other eyes or another moment; a new one has an id of its own.", "packetId");

    public static Rejection Empty() => new(
        RejectionKind.Unprocessable, "packet-empty", "No participant of the court is named, and on the day that is named no hearing is scheduled.");

    public static Rejection TooMany(int most) => new(
        RejectionKind.Unprocessable, "packet-too-large", FormattableString.Invariant($"A packet has at most {most} pages."), "participations");

    public static Rejection ConsentMissing() => new(
        RejectionKind.Conflict, "packet-consent-missing", "No participant's consents let the sources tell the court's team what monitoring takes (R38).", "participations");
}
