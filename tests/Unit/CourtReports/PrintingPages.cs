using System.Text.Json;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Unit.Documents;

namespace CaseFlow.Unit.CourtReports;

/// <summary>
/// Pages on paper. The golden files hold what each format writes: one that differs is a change of a format that has been issued. Raise
/// <see cref="PacketPages.Format"/> instead.
/// </summary>
public sealed class PrintingPages
{
    private static readonly DateTimeOffset Issued = new(2026, 3, 4, 16, 0, 5, TimeSpan.Zero);
    private static readonly CourtAsked Court = new(
        "drug-court",
        new CourtInForce(CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []), 1),
        new PolicyInForce(JurisdictionPolicy.Default("recovery-coaches"), 3, 3),
        Issued);

    private static string Data => Approved.File("tests/Unit/CourtReports/Pages/data.json").Text.TrimEnd('\n');

    [Fact]
    public void The_data_of_a_page_are_written_as_ever() =>
        Approved.File("tests/Unit/CourtReports/Pages/data.json").ShouldHold(PageMade.DataOf(Content()) + "\n");

    [Fact]
    public void The_styles_are_as_ever()
    {
        Approved.File("tests/Unit/CourtReports/Pages/style.css").ShouldHold(PacketHtml.StyleOf(9) + "\n");
        Approved.File("tests/Unit/CourtReports/Pages/style-10.css").ShouldHold(PacketHtml.StyleOf(10) + "\n");
    }

    [Fact]
    public void A_page_before_it_was_kept_is_written_as_then() =>
        Approved.File("tests/Unit/CourtReports/Pages/format-2.html").ShouldHold(FirstFormats.SheetMadeAgain(Fact(2), Content(), Issued, "coordinator-1", same: true));

    [Fact]
    public void What_a_page_of_before_did_not_hold_is_not_in_it_when_it_is_made_again()
    {
        var content = RichPage.Whole(3);
        var data = PageMade.DataOf(FirstFormats.Without(content));

        foreach (var member in new[] { "waived", "substances", "behaviour", "daysServed" })
        {
            PageMade.DataOf(content).ShouldContain(member);
            data.ShouldNotContain(member);
        }

        PageMade.DataOf(FirstFormats.Without(Content())).ShouldBe(Data);
    }

    [Fact]
    public void Formats_before_the_eleventh_hold_the_latest_ten_tests_and_do_not_say_which_are_new()
    {
        var content = RichPage.Whole(12);
        var tests = content.Compliance!.Tests!;
        var now = content with { Compliance = content.Compliance with { Tests = tests with { Latest = [.. tests.Latest.Select(one => one with { SinceHearing = true })] } } };

        var then = content with { Compliance = content.Compliance with { Tests = tests with { Latest = [.. tests.Latest.Take(10)] } } };
        PageMade.DataOf(FirstFormats.WithLatestTests(now)).ShouldBe(PageMade.DataOf(then));
        PageMade.DataOf(now).ShouldContain("sinceHearing");
        FirstFormats.WithLatestTests(RichPage.Open(1)).OpenFile.ShouldNotBeNull();
    }

    [Fact]
    public void A_page_is_written_in_words_by_the_courts_clock()
    {
        var sheet = Paper.Sheet(Fact(10), RichPage.Whole(3), RichPage.Names, Issued, "coordinator-1");

        Approved.File("tests/Unit/CourtReports/Pages/format-10.html").ShouldHold(sheet);
        Approved.File("tests/Unit/CourtReports/Pages/format-10-long.html").ShouldHold(
            Paper.Sheet(Fact(10), RichPage.Whole(100, string.Concat(Enumerable.Repeat(" of the House by the Lake", 20))), RichPage.Names, Issued, "coordinator-1"));
        sheet.ShouldContain("2026-03-06 10:00 -06:00 (graduation)");
        sheet.ShouldContain("Times are those of America/Chicago");
    }

    [Fact]
    public void What_was_answered_found_served_satisfied_and_waived_is_printed()
    {
        var sheet = Paper.Sheet(Fact(10), RichPage.Whole(2) with { Beside = null }, RichPage.Names, Issued, "coordinator-1");

        foreach (var said in new[]
        {
            "<td>jail imposed: 3 days, 2 on record as served; for: Missed a test</td>",
            "<td>incentive: Fewer hearings; for: Reached a milestone</td>",
            "<td>positive: an analogue of fentanyl, a pharmaceutical opioid",
            "<td>satisfied 2026-03-03",
            "<th>Waived</th><td>Objective 1</td>",
            "$150.00 waived",
            "Recovery Coaches",
        })
        {
            sheet.ShouldContain(said);
        }
    }

    [Fact]
    public void A_page_as_the_record_was_says_so()
    {
        Paper.Sheet(Fact(10) with { AsRecorded = Issued.AddDays(-3) }, Content(), RichPage.Names, Issued, "coordinator-1").ShouldContain("As it was on record at 2026-03-01 10:00 -06:00");
        Paper.Sheet(Fact(10), Content(), RichPage.Names, Issued, "coordinator-1").ShouldNotContain("As it was on record");
    }

    [Theory]
    [InlineData("2026-03-08T07:59:00Z", "2026-03-08 01:59 -06:00")] // the last minute of standard time
    [InlineData("2026-03-08T08:00:00Z", "2026-03-08 03:00 -05:00")] // the hour that does not come
    [InlineData("2026-11-01T06:30:00Z", "2026-11-01 01:30 -05:00")] // the hour that comes twice, first
    [InlineData("2026-11-01T07:30:00Z", "2026-11-01 01:30 -06:00")] // and again
    public void A_hearing_beside_the_change_of_the_clocks_is_told_apart(string at, string written)
    {
        var instant = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        var content = Content();
        var hearing = new Projections.CourtCompliance.HearingShown(Guid.Empty, "status", instant);
        content = content with { Compliance = content.Compliance! with { Hearings = content.Compliance!.Hearings with { Next = hearing } } };

        Paper.Sheet(Fact(10), content, RichPage.Names, Issued, "coordinator-1").ShouldContain($"{written} (status)");
        var answered = JsonSerializer.Deserialize<JsonElement>(PageMade.DataOf(content)).GetProperty("compliance").GetProperty("hearings").GetProperty("next").GetProperty("at");
        answered.GetString().ShouldBe(at.Replace("Z", "+00:00", StringComparison.Ordinal), "data stay in UTC, with the offset");
    }

    [Fact]
    public void What_is_to_be_known_first_stands_above_everything_else()
    {
        var content = Content();
        ComplianceAlert[] alerts =
        [
            new(ComplianceAlertKind.Deceased, new DateOnly(2026, 3, 1), null, null), new(ComplianceAlertKind.LegalBasisOver, new DateOnly(2026, 3, 2), null, null),
            new(ComplianceAlertKind.JailUnusual, new DateOnly(2026, 3, 3), 9, 6), new(ComplianceAlertKind.LegalBasisEnding, new DateOnly(2026, 3, 20), null, null),
            new(ComplianceAlertKind.AftercareEnding, new DateOnly(2026, 3, 21), null, null),
        ];

        var sheet = Paper.Sheet(Fact(10), content with { Compliance = content.Compliance! with { Alerts = alerts } }, RichPage.Names, Issued, "coordinator-1");

        sheet.IndexOf("To be known first", StringComparison.Ordinal).ShouldBeInRange(1, sheet.IndexOf("Standing", StringComparison.Ordinal));
        foreach (var said in new[] { "Has died</th><td>2026-03-01", "over</th><td>since 2026-03-02", "9, the last imposed 2026-03-03; more than 6", "ends</th><td>2026-03-20", "Aftercare ends</th><td>2026-03-21" })
            sheet.ShouldContain(said);
        Paper.Sheet(Fact(10), content, RichPage.Names, Issued, "coordinator-1").ShouldNotContain("To be known first");
    }

    [Fact]
    public void A_court_without_a_policy_prints_utc_and_says_so() =>
        new PacketHtml(PageText.Of(new CourtAsked(Court.Code, Court.InForce, Policy: null, Issued))).Sheet(Fact(10), Content(), RichPage.Names, Issued, "coordinator-1").ShouldContain("2026-03-04 16:00 +00:00 by coordinator-1");

    [Fact]
    public void Draws_of_which_nobody_told_are_printed_apart()
    {
        var content = Content();
        var tests = content.Compliance!.Tests!;
        string Printed(int untold) => Paper.Sheet(
            Fact(PacketPages.Format), content with { Compliance = content.Compliance! with { Tests = tests with { Untold = untold } } }, RichPage.Names, Issued, "coordinator-1");

        Printed(3).ShouldContain("<tr><th>Drawn, and nobody told the participant</th><td>3: counts for nothing</td></tr>");
        Printed(0).ShouldNotContain("nobody told");
    }

    [Fact]
    public void Sessions_beside_the_order_are_printed_beside_it()
    {
        var order = new CoachingOrder(2, OrderPeriod.Week, SessionKind.OneToOne, new DateOnly(2026, 2, 1), new DateOnly(2026, 8, 30));
        var coaching = new CoachingShown("coached", "recovery-coaches", true, order, 4, new AttendanceShown(4, 0, 1, 1, 165));
        string Printed(CoachingShown shown)
        {
            var content = Content();
            return Paper.Sheet(Fact(PacketPages.Format), content with { Compliance = content.Compliance! with { Coaching = shown } }, RichPage.Names, Issued, "coordinator-1");
        }

        var sheet = Printed(coaching with
        {
            AttendedSoFar = 3,
            Apart = [new SessionsApart("peer-house", SessionKind.CheckIn, ApartReason.OtherProvider, new AttendanceShown(2, 1, 0, 0, 30))],
        });

        sheet.ShouldContain("<tr><th>Attended of what was ordered so far</th><td>3 of 4</td></tr>");
        sheet.ShouldContain("<tr><th>Beside it: check in</th><td>held 2 (30 min), missed 1, excused 0; other provider, peer house</td></tr>");
        Printed(coaching).ShouldNotContain("Beside it");
        Printed(coaching).ShouldNotContain("Attended of what was ordered");
    }

    private static PacketHtml Paper => new(PageText.Of(Court));

    private static PageContent Content() => JsonSerializer.Deserialize<PageContent>(Data, JsonRules.Options)!;

    private static CourtReportIssued Fact(int format) => new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000041"), "drug-court", Role.Judge, format, 4711, null, Issued, 1, 3, PacketReading.HashOf(Data))
    {
        PacketId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1"),
        ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
    };
}
