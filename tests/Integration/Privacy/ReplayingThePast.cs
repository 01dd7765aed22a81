using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Privacy;

/// <summary>
/// Golden scenario 10 (domain reference 4.4): a participant takes a consent back, and live readers see no more of it, not even of before. An
/// auditor under a grant still reproduces what was visible then.
/// </summary>
public sealed class ReplayingThePast
{
    [Fact]
    public async Task An_auditor_reproduces_what_the_judge_saw_before_the_consent_was_taken_back()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        var consentId = await county.GrantAsync(story.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        var then = await county.ShowAsync();
        var packet = (await county.AskAsync(Judge, Path(story) + $"&asRecordedPosition={then}")).Ok();
        packet["items"]!.AsArray().Count.ShouldBeGreaterThan(5);

        await county.RevokeAsync(story.ClientId, consentId);
        var after = await county.ShowAsync();

        (await county.AskAsync(Judge, Path(story) + $"&asRecordedPosition={then}")).ShouldBeProblem(404, "client-not-found");
        var replayed = (await county.AskAsync(Auditor, Eyes(story, "judge") + $"&asRecordedPosition={then}")).Ok();
        Items(replayed).ShouldBe(Items(packet));
        replayed["position"]!.GetValue<long>().ShouldBe(packet["position"]!.GetValue<long>());
        (await county.AskAsync(Auditor, Eyes(story, "judge") + $"&asRecordedPosition={after}")).Ok()["items"]!.AsArray().ShouldBeEmpty();
        (await county.AskAsync(Auditor, Eyes(story, "judge"))).Ok()["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_consent_for_treatment_taken_back_hides_the_past_from_a_coach_and_not_from_the_replay()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        var second = await county.OverdoseKnownAsync(story.ClientId, Cdt(6, 13, 10), Cdt(6, 14, 10));
        await second.SentAsync(Cdt(6, 13, 11), to: "tellurian");
        var consentId = await county.GrantAsync(
            story.ClientId,
            ConsentStories.ToCorrections with { Recipients = ["tellurian"], Information = [ConsentInformation.WholeRecord], Purposes = [ConsentPurpose.Treatment] },
            ConsentKind.Tpo);
        var then = await county.ShowAsync();
        var seen = (await county.AskAsync(OtherCoach, Path(story))).Ok();
        seen["items"]!.AsArray().Select(item => item!["kind"]!.GetValue<string>()).ShouldContain("need_met", "those who care see the detail");

        await county.RevokeAsync(story.ClientId, consentId);
        await county.ShowAsync();

        (await county.AskAsync(OtherCoach, Path(story) + $"&asRecordedPosition={then}")).Ok()["items"]!.AsArray().ShouldBeEmpty();
        Items((await county.AskAsync(Auditor, Eyes(story, "coach", "tellurian") + $"&asRecordedPosition={then}")).Ok()).ShouldBe(Items(seen));
    }

    [Fact]
    public async Task Labels_are_those_of_then_and_still_hide_what_they_hide_from_the_auditor_now()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        var then = await county.ShowAsync();
        var packet = (await county.AskAsync(Judge, Path(story) + $"&asRecordedPosition={then}")).Ok();
        var items = packet["items"]!.AsArray().Where(item => item!["sourceAgency"]!.GetValue<string>() == Stories.Provider).ToList();
        await RelabelAsync(county, story, items[0]!, Label.Part2, Label.Juvenile);
        await RelabelAsync(county, story, items[1]!, Label.WorkerPrivate);
        await county.ShowAsync();

        var replayed = (await county.AskAsync(Auditor, Eyes(story, "judge") + $"&asRecordedPosition={then}")).Ok()["items"]!.AsArray();
        replayed.Count.ShouldBe(packet["items"]!.AsArray().Count - 1);
        Find(replayed, items[0]!)!["labels"]!.AsArray().Select(code => code!.GetValue<string>()).ShouldBe(["PART2"]);
        Find(replayed, items[1]!).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_did_not_reach_the_client_then_saw_nothing()
    {
        await using var county = await FoundAsync();
        var before = await county.ShowAsync();
        var story = await CoachedAsync(county);
        var now = await county.ShowAsync();

        (await ReplayAsync(county, story, "agent", "dcc", before)).ShouldBe(0);
        (await ReplayAsync(county, story, "agent", "dcc", now)).ShouldBeGreaterThan(0);
        (await ReplayAsync(county, story, "coach", Stories.Provider, now)).ShouldBeGreaterThan(0);
        (await ReplayAsync(county, story, "coach", "tellurian", now)).ShouldBe(0);
        (await ReplayAsync(county, story, "agent", "tellurian", now)).ShouldBe(0);
        (await ReplayAsync(county, story, "judge", "court", now)).ShouldBe(0);
        (await ReplayAsync(county, story, "dispatcher", "dcc", now)).ShouldBe(0);
    }

    [Fact]
    public async Task Only_an_auditor_under_a_grant_looks_through_somebody_elses_eyes()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);

        (await county.AskAsync(AuditorWithoutGrant, Eyes(story, "judge"))).ShouldBeProblem(403, "no-audit-grant");
        (await county.AskAsync(Agent1, Eyes(story, "judge"))).ShouldBeProblem(403, "replay-for-auditors");
        (await county.AskAsync(PrivacyOfficer, Eyes(story, "judge"))).ShouldBeProblem(403, "replay-for-auditors");
        (await county.AskAsync(Agent3, Eyes(story, "judge"))).ShouldBeProblem(404, "client-not-found");
        (await county.AskAsync(Auditor, Path(story) + "&visibleToRole=judge")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Auditor, Path(story) + "&visibleToAgency=court")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Auditor, Path(story) + "&visibleToRole=king&visibleToAgency=court")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Auditor, Eyes(story, "judge") + "&asRecordedPosition=999999")).ShouldBeProblem(422, "position-beyond-log");
        (await county.AskAsync(Auditor, Eyes(story, "judge") + $"&asRecorded={At(Cdt(9, 1, 9).AddYears(5))}")).ShouldBeProblem(422, "as-recorded-ahead");
    }

    private static async Task<int> ReplayAsync(StoppedCounty county, Story story, string role, string agency, long position) =>
        (await county.AskAsync(Auditor, Eyes(story, role, agency) + string.Create(CultureInfo.InvariantCulture, $"&asRecordedPosition={position}")))
            .Ok()["items"]!.AsArray().Count;

    private static async Task RelabelAsync(StoppedCounty county, Story story, JsonNode item, params Label[] labels) => await county.RecordAsync(
        Coach,
        StreamIds.Labels(story.ClientId),
        "labels",
        [
            new EventLabelsCorrected(
                item["eventId"]!.GetValue<Guid>(), item["kind"]!.GetValue<string>(), null, ["PART2"], labels.ToCodes(), Sealed<string>.Of("Wrong before."))
            {
                ClientId = story.ClientId,
            }.At(county.Clock.Now),
        ]);

    private static JsonNode? Find(JsonArray items, JsonNode wanted) =>
        items.SingleOrDefault(item => item!["eventId"]!.GetValue<Guid>() == wanted["eventId"]!.GetValue<Guid>());

    private static string Items(JsonNode answer) => answer["items"]!.ToJsonString();

    private static string Path(Story story) => $"clients/{story.ClientId}/timeline?direction=oldest";

    private static string Eyes(Story story, string role, string agency = "court") => $"{Path(story)}&visibleToRole={role}&visibleToAgency={agency}";

    private static async Task<Story> CoachedAsync(StoppedCounty county)
    {
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 10, 10));
        await story.SentAsync(Cdt(6, 9, 11));
        await story.DeliveredAsync(Cdt(6, 9, 12));
        await story.CoachedAsync(Cdt(6, 12, 9));
        await county.ShowAsync();
        return story;
    }
}
