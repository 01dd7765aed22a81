using System.Text.Json.Nodes;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;

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
}
