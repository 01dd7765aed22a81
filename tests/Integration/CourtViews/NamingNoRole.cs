using System.Text.Json.Nodes;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.CourtViews;

/// <summary>A criminal-justice consent that names no role reaches the court's treatment team, and neither prosecution nor defence beside it.</summary>
public sealed class NamingNoRole
{
    private static readonly ConsentScope ToTheCourt = ConsentStories.ToCourt with { RecipientRoles = [] };

    [Fact]
    public async Task What_a_provider_holds_reaches_the_team_alone()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 9, consents: false, family: "Marigold");
        await county.GrantAsync(robin.ClientId, ToTheCourt, ConsentKind.CriminalJustice);
        await county.ShowAsync();

        foreach (var member in new[] { Judge, Coordinator })
            (await county.AskAsync(member, robin.Path)).Ok()["compliance"]!["coaching"]!["attendance"]!["held"]!.GetValue<int>().ShouldBe(1);
        var theirs = (await county.AskAsync(Defence, robin.Path)).Ok();
        (theirs["otherAgencies"]!.GetValue<string>(), theirs["compliance"]!["coaching"]!["attendance"]).ShouldBe(("restricted", null));
        foreach (var beside in new[] { Prosecutor, Defence })
            (await county.AskAsync(beside, $"clients/{robin.ClientId}/timeline")).ShouldBeProblem(404, "client-not-found");

        var prosecution = await county.AskAsync(Prosecutor, robin.Path);
        prosecution.Ok()["otherAgencies"]!.GetValue<string>().ShouldBe("restricted");
        prosecution.Text.ShouldNotContain("attendance");
        var issued = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Prosecutor, Participations: [robin.ParticipationId]));
        (await IssuingPackets.ReadAsync(county, Prosecutor, issued)).Text.ShouldNotContain("attendance");
        var page = (await IssuingPackets.ReadAsync(county, Prosecutor, issued, "?format=html")).Text;
        page.ShouldContain("open file");
        page.ShouldNotContain("Recovery coaching");
        page.ShouldNotContain("Marigold");
    }

    [Fact]
    public async Task A_page_that_names_somebody_is_withheld_once_no_consent_does()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 9, consents: false, family: "Marigold");
        var consentId = await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        await county.ShowAsync();
        var issued = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Prosecutor, Participations: [robin.ParticipationId]));
        (await IssuingPackets.ReadAsync(county, Prosecutor, issued)).Text.ShouldContain("Marigold");

        await county.RevokeAsync(robin.ClientId, consentId);
        await county.ShowAsync();

        foreach (var reader in new[] { Prosecutor, Coordinator })
        {
            var page = (await IssuingPackets.ReadAsync(county, reader, issued)).Ok()["pages"]![0]!;
            (page["because"]!.GetValue<string>(), page["content"]).ShouldBe(("consent", null), reader.Id);
        }

        (await IssuingPackets.ReadAsync(county, Auditor, issued)).Text.ShouldContain("Marigold", Case.Sensitive, "under the grant");
    }

    /// <summary>Until consents had to name them, prosecution and defence were told by those that name no role.</summary>
    [Fact]
    public async Task A_page_that_was_issued_to_somebody_beside_the_team_is_withheld_from_them_now()
    {
        const string data = "{\"kept\":\"attendance\"}";
        const string sheet = "<section>attendance</section>\n";
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 9, consents: false);
        await county.GrantAsync(robin.ClientId, ToTheCourt, ConsentKind.CriminalJustice);
        await county.ShowAsync();
        var position = (await county.Database.Store.EndOfLogAsync(Cancellation)).Position;
        foreach (var (format, because) in new[] { (6, (string?)"consent"), (PacketPages.Format, null) })
        {
            var packetId = Guid.CreateVersion7();
            await county.RecordAsync(Coordinator, packetId, "court_report",
            [
                new CourtReportIssued(
                    robin.ParticipationId, Participants.Court, Role.Defence, format, position, null, county.Clock.Now, 1, 1,
                    PacketReading.HashOf(data), Sealed<string>.Of(data), Sealed<string>.Of(sheet), PacketReading.HashOf(sheet))
                { PacketId = packetId, ClientId = robin.ClientId }.At(county.Clock.Now),
            ]);
            await county.ShowAsync();

            var page = (await IssuingPackets.ReadAsync(county, Defence, new JsonObject { ["packetId"] = packetId })).Ok()["pages"]![0]!;
            page["because"]?.GetValue<string>().ShouldBe(because);
            (page["content"] is null).ShouldBe(because is not null);
        }
    }
}
