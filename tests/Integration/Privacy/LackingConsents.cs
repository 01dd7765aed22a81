using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Privacy;

/// <summary>R38 at its door: a court's team, the sources' own staff and those who watch over records ask what a court still lacks.</summary>
public sealed class LackingConsents
{
    private static readonly ConsentScope Everything = ConsentStories.ToCourt with { Disclosers = [Stories.Provider] };

    [Fact]
    public async Task The_court_is_told_what_it_knows_of_and_nothing_of_any_other_source()
    {
        await using var county = await FoundAsync();
        var (alone, elsewhere) = (await county.ClientAsync(), await county.ClientAsync());
        foreach (var clientId in new[] { alone, elsewhere })
            await county.GrantAsync(clientId, Everything with { Information = [ConsentInformation.Attendance] }, ConsentKind.CourtTeam);
        await ContactAsync(county, elsewhere, OtherCoach, "PART2");
        await ContactAsync(county, elsewhere, Coach);
        await county.ShowAsync();

        foreach (var actor in new[] { Coordinator, Judge, Defence })
        {
            var answers = new[] { await county.AskAsync(actor, Path(alone)), await county.AskAsync(actor, Path(elsewhere)) };
            var item = answers[1].Ok()["items"]!.AsArray().Single()!;
            (item["source"]!.GetValue<string>(), item["gap"]!.GetValue<string>()).ShouldBe((Stories.Provider, "doesNotCover"));
            item["information"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["engagement", "progress", "testResults", "discharge"]);
            Anonymous(answers[0]).ShouldBe(Anonymous(answers[1]), "what another source holds must not tell");
        }

        var officers = (await county.AskAsync(PrivacyOfficer, Path(elsewhere))).Ok();
        officers["otherSources"]!.GetValue<string>().ShouldBe("shown");
        officers["items"]!.AsArray().Select(item => (item!["source"]!.GetValue<string>(), item["gap"]!.GetValue<string>()))
            .ShouldBe([(Stories.Provider, "doesNotCover"), ("tellurian", "none")]);
        (await county.AskAsync(Auditor, Path(elsewhere))).Ok()["items"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Asking_for_consents_of_everybody_finds_out_nobody()
    {
        await using var county = await FoundAsync();
        var (alone, elsewhere) = (await county.ClientAsync(), await county.ClientAsync());
        foreach (var clientId in new[] { alone, elsewhere })
        {
            await county.GrantAsync(clientId, Everything, ConsentKind.CourtTeam);
            await county.TellAsync(
                clientId,
                new ConsentRequested(Guid.CreateVersion7(), ConsentKind.CourtTeam, Everything with { Disclosers = ["tellurian", "dcc"] }, Coordinator.Id)
                {
                    ClientId = clientId,
                }.At(county.Clock.Now));
        }

        await ContactAsync(county, elsewhere, OtherCoach, "PART2");
        await county.ShowAsync();

        var answer = await county.AskAsync(Coordinator, Path(elsewhere));
        answer.Ok()["items"]!.AsArray().Select(item => item!["source"]!.GetValue<string>()).ShouldBe(["tellurian"]);
        Anonymous(await county.AskAsync(Coordinator, Path(alone))).ShouldBe(Anonymous(answer));
    }

    [Fact]
    public async Task A_revocation_shows_at_once_and_the_court_still_may_ask_what_it_lacks()
    {
        await using var county = await FoundAsync();
        var clientId = await county.ClientAsync();
        var consentId = await county.GrantAsync(clientId, Everything, ConsentKind.CourtTeam);
        await county.ShowAsync();
        (await GapsAsync(county, Coordinator, clientId)).ShouldBeEmpty();

        await county.RevokeAsync(clientId, consentId);

        (await GapsAsync(county, Coordinator, clientId)).ShouldBe(["revoked"]);
        (await GapsAsync(county, Coordinator, clientId, $"&asOf={At(county.Clock.Now.AddMinutes(-1))}")).ShouldBeEmpty();
        (await GapsAsync(county, Coordinator, clientId, $"&asOf={At(county.Clock.Now.AddYears(2))}")).ShouldBe(["revoked"]);
        (await county.AskAsync(Coordinator, Path(clientId) + "&asRecordedPosition=1")).ShouldBeProblem(400, "unknown-parameter");
    }

    [Fact]
    public async Task A_sources_own_staff_are_told_of_their_own_consent_alone()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 10, 10));
        await story.SentAsync(Cdt(6, 9, 11));
        await story.DeliveredAsync(Cdt(6, 9, 12));
        await ContactAsync(county, story.ClientId, OtherCoach, "PART2");
        await county.ShowAsync();

        var told = (await county.AskAsync(Coach, Path(story.ClientId))).Ok()["items"]!.AsArray().Single()!;
        (told["source"]!.GetValue<string>(), told["gap"]!.GetValue<string>(), told["consentId"]).ShouldBe((Stories.Provider, "none", null));

        await county.GrantAsync(story.ClientId, Everything, ConsentKind.CourtTeam);
        (await GapsAsync(county, Coach, story.ClientId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_court_asks_for_itself_and_whoever_reaches_no_such_client_finds_none()
    {
        await using var county = await FoundAsync();
        var clientId = await county.ClientAsync();
        await county.GrantAsync(clientId, Everything, ConsentKind.CourtTeam);
        await county.RecordAsync(Administrator, StreamIds.Directory(Jurisdiction), "directory",
            [new AgencyRegistered("other-court", "Other Court", AgencyKind.Court, Part2Status.NotPart2, InternalOnly: false).At(Cdt(5, 1, 8))]);
        await county.ShowAsync();

        (await county.AskAsync(Coordinator, $"clients/{clientId}/consents/missing?court=other-court")).ShouldBeProblem(403, "consents-of-another-court");
        (await county.AskAsync(PrivacyOfficer, $"clients/{clientId}/consents/missing?court=dcc")).ShouldBeProblem(422, "consent-court-unknown");
        (await county.AskAsync(PrivacyOfficer, $"clients/{clientId}/consents/missing")).ShouldBeProblem(422, "consent-court-unknown");
        (await county.AskAsync(Coordinator, $"clients/{clientId}/consents/missing?court=No Slug")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Coordinator, $"clients/{clientId}/consents/missing")).Ok()["court"]!.GetValue<string>().ShouldBe("court");
        (await county.AskAsync(Prosecutor, Path(clientId))).ShouldBeProblem(403, "role-not-allowed");

        var other = await county.ClientAsync();
        await county.GrantAsync(other, Everything with { Recipients = ["other-court"] }, ConsentKind.CourtTeam);
        foreach (var asked in new[] { other, Guid.CreateVersion7() })
            (await county.AskAsync(Judge, Path(asked))).ShouldBeProblem(404, "client-not-found");
    }

    private static string Path(Guid clientId) => $"clients/{clientId}/consents/missing?court=court";

    private static async Task ContactAsync(StoppedCounty county, Guid clientId, Actor by, params string[] labels) => await county.RecordAsync(
        by, StreamIds.Touchpoints(clientId, by.Agency!), "touchpoints", [new NeedMet("shelter") { ClientId = clientId }.At(Cdt(6, 13, 9))],
        about => about with { Labels = labels });

    private static async Task<List<string>> GapsAsync(StoppedCounty county, Actor actor, Guid clientId, string more = "") =>
        [.. (await county.AskAsync(actor, Path(clientId) + more)).Ok()["items"]!.AsArray().Select(item => item!["gap"]!.GetValue<string>())];

    /// <summary>The consents of two clients have ids of their own.</summary>
    private static string Anonymous(Heard heard)
    {
        var told = heard.Ok();
        foreach (var item in told["items"]!.AsArray().Where(item => item!["consentId"] is not null))
            item!["consentId"] = JsonValue.Create("…");
        return told.ToJsonString();
    }
}
