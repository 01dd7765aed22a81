using System.Net;
using System.Text.RegularExpressions;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Unit.CourtReports;

/// <summary>A page is one sheet, however much there is to tell: what is left out is counted, and said where it is.</summary>
public sealed partial class FittingASheet
{
    private static readonly string Long = string.Concat(Enumerable.Repeat(" of the House by the Lake", 20));

    public static TheoryData<int, bool> Histories => new() { { 1, false }, { 10, false }, { 100, false }, { 1, true }, { 100, true } };

    [Theory]
    [MemberData(nameof(Histories))]
    public void However_much_there_is_it_stays_within_the_lines_of_a_sheet(int times, bool isLong)
    {
        foreach (var content in new[] { RichPage.Whole(times, isLong ? Long : ""), RichPage.Open(times) })
        {
            var sheet = Sheet(content);
            var parts = PartsOf(sheet);

            parts.ShouldNotBeEmpty();
            parts.ShouldAllBe(part => part.Rows.Count <= PageFit.MostListed + 9);
            PageFit.LinesOf(parts).ShouldBeLessThanOrEqualTo(PageFit.MostLines);
            parts.SelectMany(part => part.Rows).ShouldAllBe(row => row.Name.Length <= PageFit.MostName);
            sheet.Length.ShouldBeLessThan(16_000);
        }
    }

    [Fact]
    public void A_long_notice_takes_its_room_from_the_lists()
    {
        var content = RichPage.Whole(100) with { RedisclosureNotice = new string('x', 2000) };

        PageFit.LinesOf(PartsOf(Sheet(content))).ShouldBeLessThanOrEqualTo(PageFit.MostLines - 22);
        Sheet(content).ShouldContain(content.RedisclosureNotice, Case.Sensitive, "what the law prescribes is never cut");
    }

    [Fact]
    public void What_is_left_out_is_counted_and_said_where_it_is()
    {
        var parts = PartsOf(Sheet(RichPage.Whole(100))).ToDictionary(part => part.Title, part => part.Rows);

        var conditions = parts["Conditions"];
        conditions[^1].ShouldBe(new PageRow($"and {100 - (conditions.Count - 1)} more", "in the data of this page"));
        // 300 positive and 400 not as asked, and the corrected one that came out negative.
        var tests = parts["Drug tests"];
        tests[^1].Value.ShouldBe("in the participant's list of drug tests");
        var responses = parts["Responses, 30 days"];
        responses[^1].Value.ShouldBe("in the participant's record with the court");
        Regex.IsMatch(responses[^1].Name, "^and 4[0-9]{2} more$").ShouldBeTrue(responses[^1].Name);
    }

    /// <summary>What the team has not met about is named, before anything else that comes one by one.</summary>
    [Theory]
    [InlineData(1, 12)]
    [InlineData(100, 25)]
    public void Every_test_since_the_last_hearing_is_named(int times, int since)
    {
        var tests = PartsOf(Sheet(Since(RichPage.Whole(times), since))).Single(part => part.Title == "Drug tests").Rows;

        for (var n = 0; n < since; n++)
            tests.Select(row => row.Name).ShouldContain(PageText.Day(new DateOnly(2026, 3, 1).AddDays(-n)));
    }

    [Fact]
    public void As_many_of_them_are_named_as_one_sheet_holds()
    {
        var parts = PartsOf(Sheet(Since(RichPage.Whole(100, Long), 200)));

        PageFit.LinesOf(parts).ShouldBeInRange(PageFit.MostLines - 4, PageFit.MostLines);
        var tests = parts.Single(part => part.Title == "Drug tests").Rows;
        tests.Count.ShouldBeGreaterThan(30);
        tests[^1].Value.ShouldBe("in the participant's list of drug tests");
    }

    private static PageContent Since(PageContent content, int since)
    {
        var compliance = content.Compliance!;
        IReadOnlyList<TestShown> latest =
        [
            .. Enumerable.Range(0, since).Select(n => new TestShown(new DateOnly(2026, 3, 1).AddDays(-n), TestStep.Collected, TestVerdict.Positive, false, null) { SinceHearing = true }),
            .. compliance.Tests!.Latest,
        ];
        return content with { Compliance = compliance with { Tests = compliance.Tests with { Latest = latest } } };
    }

    [Fact]
    public void What_is_most_important_stays()
    {
        var parts = PartsOf(Sheet(RichPage.Whole(100, Long))).ToDictionary(part => part.Title, part => part.Rows);

        parts["Conditions"][0].Value.ShouldContain("overdue");
        parts["To be known first"].Count.ShouldBe(5);
        parts["Standing"].Select(row => row.Name).ShouldContain("Warrant");
    }

    [Fact]
    public void Texts_are_cut_with_a_mark_on_the_page_and_never_in_the_data()
    {
        var content = RichPage.Whole(10, Long);
        var sheet = Sheet(content);

        sheet.ShouldContain("…</h1>");
        sheet.ShouldContain("… marks what is cut to stay on one sheet");
        PageMade.DataOf(content).ShouldContain(Long);
        PageMade.DataOf(content).ShouldNotContain("…");
        Sheet(RichPage.Open(1)).ShouldNotContain("…");
        PageFit.Cut("a\U0001F600bc", 3).ShouldBe("a…", "no letter is cut in two");
    }

    [Fact]
    public void A_page_with_room_leaves_nothing_out()
    {
        var sheet = Sheet(RichPage.Whole(2) with { Beside = null });

        sheet.ShouldNotContain("in the data of this page");
        sheet.ShouldNotContain("…");
        foreach (var title in new[] { "Phase", "Conditions", "Attendance of treatment" })
            sheet.ShouldContain($"<h2>{title}</h2>");
    }

    private static string Sheet(PageContent content) => new PacketHtml(PageText.InUtc).Sheet(
        new CourtReportIssued(Guid.Empty, "drug-court", Role.Judge, PacketPages.Format, 1, null, DateTimeOffset.UnixEpoch, 1, 1, "00") { PacketId = Guid.Empty, ClientId = Guid.Empty },
        content, RichPage.Names, DateTimeOffset.UnixEpoch, "coordinator-1");

    private static List<(string Title, IReadOnlyList<PageRow> Rows)> PartsOf(string sheet) =>
    [
        .. Part().Matches(sheet).Select(part => (
            WebUtility.HtmlDecode(part.Groups[1].Value),
            (IReadOnlyList<PageRow>)[.. Row().Matches(part.Groups[2].Value).Select(row => new PageRow(WebUtility.HtmlDecode(row.Groups[1].Value), WebUtility.HtmlDecode(row.Groups[2].Value)))])),
    ];

    [GeneratedRegex("<h2>(.*?)</h2>\n<table>(.*?)</table>")]
    private static partial Regex Part();

    [GeneratedRegex("<tr><th>(.*?)</th><td>(.*?)</td></tr>")]
    private static partial Regex Row();
}
