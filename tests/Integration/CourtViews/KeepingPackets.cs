using System.Text.Json.Nodes;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.CourtViews;

/// <summary>A page is kept as it was issued, so what it says does not depend on how this program would write it today.</summary>
public sealed class KeepingPackets
{
    /// <summary>As an earlier program wrote it: other members, other numbers, another way of escaping.</summary>
    private const string Data = """{"heading":"Drug court","person":"Planted, Robin","asOfDay":"2026-06-10","runs":[7.50,1e3],"note":"\u00fcmlaut \/ <b>"}""";

    private const string Sheet = "<section>\n<h1>Planted, Robin</h1>\n<center>As it was printed in another year.</center>\n</section>\n";

    private static readonly string Printed =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Hearing packet</title>\n<style>" + PacketHtml.StyleOf(1)
        + "</style>\n</head>\n<body>\n" + Sheet + "</body>\n</html>\n";

    [Fact]
    public async Task A_page_of_an_earlier_format_comes_back_byte_for_byte()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, issued) = await EarlierAsync(county);

        var packet = await IssuingPackets.ReadAsync(county, Judge, issued);
        packet.Text.ShouldContain($"\"verified\":true,\"content\":{Data},\"because\":null");
        packet.Text.ShouldContain("\"format\":1,");
        (await IssuingPackets.ReadAsync(county, Judge, issued, "?format=html")).Text.ShouldBe(Printed);

        county.Clock.Now = Cdt(6, 29, 9);
        await county.PublishAsync(2, Participants.Configuration with { Name = "Another name" });
        await robin.SessionAsync(Cdt(6, 16, 10), 60);
        await county.ShowAsync();
        await county.Database.RebuildAsync(null, (_, _) => { }, Cancellation);
        (await IssuingPackets.ReadAsync(county, Judge, issued)).Text.ShouldContain($"\"content\":{Data},");
        (await IssuingPackets.ReadAsync(county, Judge, issued, "?format=html")).Text.ShouldBe(Printed);
    }

    [Fact]
    public async Task After_an_erasure_it_is_withheld_and_says_which_page_and_why()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, issued) = await EarlierAsync(county);
        await county.RecordAsync(PrivacyOfficer, StreamIds.Erasure(robin.ClientId), "erasure",
        [
            new ExpunctionApplied(Guid.CreateVersion7(), ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", [robin.ClientId]) { ClientId = robin.ClientId }.At(county.Clock.Now),
        ]);
        await county.ShowAsync();

        var page = (await IssuingPackets.ReadAsync(county, Judge, issued)).Ok()["pages"]![0]!;
        (page["because"]!.GetValue<string>(), page["erasedReason"]!.GetValue<string>(), page["content"]).ShouldBe(("erased", "adult-expunction", null));
        page["contentHash"]!.GetValue<string>().ShouldBe(PacketReading.HashOf(Data));
        var paper = (await IssuingPackets.ReadAsync(county, Judge, issued, "?format=html")).Text;
        paper.ShouldContain("erased by order (adult expunction)");
        paper.ShouldContain(robin.ParticipationId.ToString());
        paper.ShouldNotContain("Planted");
    }

    [Fact]
    public async Task What_is_kept_is_sealed_and_of_a_page_with_a_juveniles_entries_with_that_class()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await IssuingPackets.HeardAsync(county, 10, family: "Periwinkle"), await IssuingPackets.HeardAsync(county, 11));
        var (_, eventId) = await kim.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new Domain.Courts.IncentiveGranted("praise", "attended"));
        await county.RecordAsync(PrivacyOfficer, StreamIds.Labels(kim.ClientId), "labels",
            [new EventLabelsCorrected(eventId, "incentive_granted", null, [], [Label.Juvenile.Code()], Sealed<string>.Of("A juvenile then.")) { ClientId = kim.ClientId }.At(county.Clock.Now)]);
        await county.ShowAsync();

        var issued = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Coordinator, new DateOnly(2026, 6, 17)));

        var pages = (await county.Database.Store.ReadStreamAsync(Jurisdiction, issued["packetId"]!.GetValue<Guid>(), cancellation: Cancellation)).Events
            .Select(one => (CourtReportIssued)one.Data).ToDictionary(page => page.ClientId);
        SubjectOf(pages[robin.ClientId]).ShouldBe(robin.ClientId);
        SubjectOf(pages[kim.ClientId]).ShouldBe(SealedClasses.SubjectOf(kim.ClientId, [Label.Juvenile.Code()]));
        (await Tables.HoldingAsync(county.ConnectionString, "Periwinkle")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_is_not_what_was_issued_or_does_not_open_is_never_passed_off_as_it()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, _) = await EarlierAsync(county);
        var other = await KeepAsync(county, robin, fact => fact with { SheetHash = new string('0', 64) });
        var lost = await KeepAsync(county, robin, fact => fact with { Sheet = null });

        (await IssuingPackets.ReadAsync(county, Judge, other)).Ok()["pages"]![0]!["verified"]!.GetValue<bool>().ShouldBeFalse();
        (await IssuingPackets.ReadAsync(county, Judge, other, "?format=html")).Text.ShouldContain("Not the page that was issued");
        var page = (await IssuingPackets.ReadAsync(county, Judge, lost)).Ok()["pages"]![0]!;
        (page["because"]!.GetValue<string>(), page["verified"]!.GetValue<bool>(), page["content"]).ShouldBe(("unreadable", false, null));
        (await IssuingPackets.ReadAsync(county, Judge, lost, "?format=html")).Text.ShouldContain("does not open");
    }

    private static Guid SubjectOf(CourtReportIssued page) => SealedToken.Parse(page.Data!.Token!).SubjectId;

    private static async Task<(Participant Robin, JsonNode Issued)> EarlierAsync(StoppedCounty county)
    {
        var robin = await IssuingPackets.HeardAsync(county, 10);
        await county.ShowAsync();
        return (robin, await KeepAsync(county, robin, fact => fact));
    }

    /// <summary>A packet as an earlier program recorded it.</summary>
    private static async Task<JsonNode> KeepAsync(StoppedCounty county, Participant robin, Func<CourtReportIssued, CourtReportIssued> change)
    {
        var packetId = Guid.CreateVersion7();
        var position = (await county.Database.Store.EndOfLogAsync(Cancellation)).Position;
        await county.RecordAsync(Coordinator, packetId, "court_report",
        [
            change(new CourtReportIssued(
                robin.ParticipationId, Participants.Court, Role.Judge, 1, position, null, county.Clock.Now, 1, 1,
                PacketReading.HashOf(Data), Sealed<string>.Of(Data), Sealed<string>.Of(Sheet), PacketReading.HashOf(Sheet))
            {
                PacketId = packetId,
                ClientId = robin.ClientId,
            }).At(county.Clock.Now),
        ]);
        await county.ShowAsync();
        return new JsonObject { ["packetId"] = packetId };
    }
}
