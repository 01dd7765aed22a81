using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;

namespace CaseFlow.Unit.CourtReports;

public sealed class IssuingAPacket
{
    private static readonly Guid Packet = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 16, 0, 0, TimeSpan.Zero);
    private static readonly MissingConsent Lacking = new("recovery-coaches", ConsentGap.Revoked, [ConsentInformation.Attendance, ConsentInformation.TestResults], [Role.Judge], null);

    [Fact]
    public void Records_a_page_for_everybody_whose_consents_are_there()
    {
        var decided = IssueCourtReport.Decide(new(Packet, [Page(1), Page(2, Lacking), Page(3)]), CourtReportState.Initial, Now);

        decided.Events.Cast<CourtReportIssued>().Select(page => page.ParticipationId).ShouldBe([Id(1), Id(3)]);
        decided.Events.ShouldAllBe(page => page.OccurredAt == Now);
    }

    [Fact]
    public void Is_refused_where_no_page_has_them_and_names_source_and_reason()
    {
        var refused = IssueCourtReport.Decide(new(Packet, [Page(1, Lacking)]), CourtReportState.Initial, Now).Rejection!;

        (refused.Kind, refused.Code).ShouldBe((RejectionKind.Conflict, "packet-consent-missing"));
        refused.Parts.ShouldHaveSingleItem().Reason.ShouldBe("recovery-coaches may not tell attendance, test results (revoked).");
        refused.Parts[0].Field.ShouldBe(Id(1).ToString());
    }

    [Fact]
    public void Is_refused_for_nobody_and_for_too_many()
    {
        IssueCourtReport.Decide(new(Packet, []), CourtReportState.Initial, Now).Rejection.ShouldBe(CourtReportRejections.Empty());
        IssueCourtReport.Decide(new(Packet, [.. Enumerable.Range(1, IssueCourtReport.MostPages + 1).Select(n => Page(n))]), CourtReportState.Initial, Now)
            .Rejection.ShouldBe(CourtReportRejections.TooMany(IssueCourtReport.MostPages));
    }

    [Fact]
    public void Asked_again_records_nothing_and_asked_differently_is_refused()
    {
        var state = Folded(IssueCourtReport.Decide(new(Packet, [Page(1)]), CourtReportState.Initial, Now).Events);

        var again = IssueCourtReport.Decide(new(Packet, [Page(1)]), state, Now.AddDays(1));
        (again.Events.Count, again.Rejection).ShouldBe((0, null));
        IssueCourtReport.Decide(new(Packet, [Page(2)]), state, Now).Rejection.ShouldBe(CourtReportRejections.IssuedDifferently(Packet));
        var otherEyes = Page(1) with { Page = Page(1).Page with { ForRole = Role.Prosecutor } };
        IssueCourtReport.Decide(new(Packet, [otherEyes]), state, Now).Rejection.ShouldBe(CourtReportRejections.IssuedDifferently(Packet));
        var asOf = Page(1) with { Page = Page(1).Page with { AsOf = Now } };
        IssueCourtReport.Decide(new(Packet, [asOf]), state, Now).Rejection.ShouldBe(CourtReportRejections.IssuedDifferently(Packet));
        var asRecorded = Page(1) with { Page = Page(1).Page with { AsRecorded = Now } };
        IssueCourtReport.Decide(new(Packet, [asRecorded]), state, Now).Rejection.ShouldBe(CourtReportRejections.IssuedDifferently(Packet));
    }

    private static CourtReportState Folded(IEnumerable<CourtReportEvent> facts) => facts.Aggregate(CourtReportState.Initial, CourtReportState.Evolve);

    private static Guid Id(int n) => NamedId.Of("participation", $"{n}");

    private static CourtReportPage Page(int n, params MissingConsent[] missing) => new(
        new CourtReportIssued(Id(n), "drug-court", Role.Judge, 1, 4711, null, Now, 1, 3, "00") { PacketId = Packet, ClientId = NamedId.Of("client", $"{n}") }, missing);
}
