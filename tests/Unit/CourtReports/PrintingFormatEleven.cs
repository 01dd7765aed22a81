using System.Text.Json;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Policies;
using CaseFlow.Unit.Documents;

namespace CaseFlow.Unit.CourtReports;

/// <summary>
/// Format 11 as it was issued: the golden files hold its data and its page, byte for byte. One that differs is a change of a format that has been issued: raise
/// <see cref="PacketPages.Format"/> instead, and keep these.
/// </summary>
public sealed class PrintingFormatEleven
{
    private const int Format = 11;
    private const string Folder = "tests/Unit/CourtReports/Pages/";
    private static readonly DateTimeOffset Issued = new(2026, 3, 4, 16, 0, 5, TimeSpan.Zero);
    private static readonly CourtAsked Court = new(
        "drug-court",
        new CourtInForce(CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []), 1),
        new PolicyInForce(JurisdictionPolicy.Default("recovery-coaches"), 3, 3),
        Issued);

    public static TheoryData<string> Pages => ["whole", "long", "open"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_data_of_a_page_are_written_as_issued(string page) => Approved.File($"{Folder}data-11-{page}.json").ShouldHold(PageMade.DataOf(Content(page)) + "\n");

    /// <summary>From what is kept, and from nothing else.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_made_from_its_kept_data_bit_for_bit(string page)
    {
        var kept = Approved.File($"{Folder}data-11-{page}.json").Text.TrimEnd('\n');
        var content = JsonSerializer.Deserialize<PageContent>(kept, JsonRules.Options)!;

        PageMade.DataOf(content).ShouldBe(kept);
        JsonSerializer.Serialize(new FrozenJson(kept), JsonRules.Options).ShouldBe(kept, "what is answered is what is kept");
        Approved.File($"{Folder}format-11-{page}.html").ShouldHold(new PacketHtml(PageText.Of(Court)).Sheet(Fact(kept), content, RichPage.Names, Issued, "coordinator-1"));
    }

    [Fact]
    public void Its_style_is_the_one_of_the_tenth() => Approved.File(Folder + "style-10.css").Text.ShouldBe(PacketHtml.StyleOf(Format) + "\n");

    [Fact]
    public void It_names_what_is_new_since_the_last_hearing() => Approved.File(Folder + "data-11-whole.json").Text.ShouldContain("\"sinceHearing\":true");

    private static PageContent Content(string page) => page switch
    {
        "open" => RichPage.Open(1),
        _ => SinceHearing(RichPage.Whole(page == "long" ? 100 : 3, page == "long" ? " of the House by the Lake" : "")),
    };

    private static PageContent SinceHearing(PageContent content)
    {
        var tests = content.Compliance!.Tests!;
        var earlier = tests.Latest.Select((test, n) => test with { Day = test.Day.AddDays(-30), Step = TestStepOf(n), SinceHearing = true });
        var latest = tests.Latest.Select((test, n) => test with
        {
            SinceHearing = n % 2 == 0,
            TimeCorrection = n == 0 ? new(Guid.Empty, Issued.AddHours(-1), TestError.Entry, TestStatement.Reported, Issued.AddHours(-9)) : null,
        });
        return content with { Compliance = content.Compliance with { Tests = tests with { Latest = [.. latest, .. earlier] } } };
    }

    private static Projections.CourtActivity.TestStep TestStepOf(int n) =>
        n % 2 == 0 ? Projections.CourtActivity.TestStep.Collected : Projections.CourtActivity.TestStep.Missed;

    private static CourtReportIssued Fact(string data) => new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000041"), "drug-court", Role.Judge, Format, 4711, null, Issued, 1, 3, PacketReading.HashOf(data))
    {
        PacketId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1"),
        ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
    };
}
