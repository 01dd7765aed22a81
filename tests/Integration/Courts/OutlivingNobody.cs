using System.Text.Json.Nodes;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Courts;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Http;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Courts;

/// <summary>A participant has died: nobody draws, sanctions, seeks or warns any more, until the death is taken back.</summary>
public sealed class OutlivingNobody
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 24, 16, 0, 0, TimeSpan.Zero);

    private static readonly ReasonCodeRequest Warrant = new("failure-to-appear") { File = CourtFile.Open, DecidedBy = ByJudge };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_dead_are_drawn_no_more_and_are_drawn_again_when_the_death_was_a_mistake()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var (lives, dies) = (await county.AdmitAsync(), await county.AdmitAsync());
        foreach (var one in new[] { lives, dies })
            (await county.PostAsync(Coordinator, one + "/random-testing/start")).ShouldSucceed();
        await county.GoToAsync(Tuesday.AddDays(1));
        (await DrawnAsync(county)).ShouldBe([2]);

        var client = await ClientOfAsync(county, dies);
        await DiedAsync(county, client);
        await county.GoToAsync(Tuesday.AddDays(2));
        (await DrawnAsync(county)).ShouldBe([2, 1]);
        (await county.PostAsync(Coordinator, dies + "/drug-tests", new OrderTestRequest(ForCause: true, "Slurred speech."))).ShouldBeProblem(409, "participant-deceased");
        (await county.PostAsync(Coordinator, lives + "/drug-tests", new OrderTestRequest(ForCause: true, "Slurred speech."))).Status.ShouldBe(201);

        await LivesAsync(county, client);
        await county.GoToAsync(Tuesday.AddDays(3));
        (await DrawnAsync(county)).ShouldBe([2, 1, 2], "what was drawn while the death stood stays as it was");
        await county.GoToAsync(new DateTimeOffset(2026, 4, 2, 15, 0, 0, TimeSpan.Zero));
        await DrawnAsync(county);
        (await county.GetAsync(Coordinator, "/api/courts/drug-court/test-selections/2026-03/verification")).ShouldSucceed().Json["verdict"].ShouldSay("fair");
    }

    [Fact]
    public async Task Nothing_is_held_against_the_dead_on_whichever_record_the_death_is_and_the_court_closes()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var participation = await county.AdmitAsync(when: new WhenPart(Tuesday.AddDays(-60)));
        var hearing = await county.EnterAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, Tuesday.AddHours(4)) { File = CourtFile.Open });
        var client = await ClientOfAsync(county, participation);
        var other = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));
        await DiedAsync(county, other);
        await county.GoToAsync(Tuesday.AddHours(6));
        (await county.TryAsync(Judge, participation, "warrants", Warrant)).Status.ShouldBe(201, "they are two people");

        var mergeId = await county.MergeAsync(Officer, client, other);
        (await county.TryAsync(Judge, participation, "warrants", Warrant)).ShouldBeProblem(409, "participant-deceased");
        (await county.TryAsync(Coordinator, participation, $"hearings/{hearing}/miss", new HearingMissedRequest(Excused: false) { File = CourtFile.Open })).ShouldBeProblem(409, "participant-deceased");
        (await county.TryAsync(Judge, participation, "warrants", Warrant with { When = new WhenPart(Tuesday.AddDays(-30)) })).Status.ShouldBe(201, "it was before the death");

        await county.ReverseAsync(Officer, client, mergeId);
        (await county.TryAsync(Judge, participation, "warrants", Warrant)).Status.ShouldBe(201);
        await DiedAsync(county, client);
        (await county.TryAsync(Judge, participation, "warrants", Warrant)).ShouldBeProblem(409, "participant-deceased");
        (await county.TryAsync(OtherJudge, participation, "warrants", Warrant)).ShouldBeProblem(404, "participation-not-found");
        (await county.TryAsync(Coordinator, participation, "close", new CloseRequest(ParticipationClosure.Deceased)
        { File = CourtFile.Open, DecidedBy = ByTeam, Words = "Told by the family." })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Alarms_of_coaching_stop_with_the_death_and_come_back_with_its_retraction()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        await county.GoToAsync(Tuesday.AddDays(9));
        var before = await CoachingsAsync(county);
        before["byAlarm"]!.ToJsonString().ShouldBe("""{"noContact":1}""");
        var client = await ClientOfAsync(county, coaching.Replace("/coaching", "", StringComparison.Ordinal));

        await DiedAsync(county, client);
        var after = await CoachingsAsync(county);
        after["byAlarm"]!.AsObject().ShouldBeEmpty();
        (await county.GetAsync(Coach, coaching)).ShouldSucceed().Json["alarms"]!.AsArray().ShouldBeEmpty();

        await county.GoToAsync(Tuesday.AddDays(10));
        await LivesAsync(county, client);
        (await CoachingsAsync(county))["byAlarm"]!.ToJsonString().ShouldBe("""{"noContact":1}""");
        (await CoachingsAsync(county, Then(Tuesday.AddDays(9).AddHours(12))))["byAlarm"]!.AsObject().ShouldBeEmpty("the death was on record then");
        (await CoachingsAsync(county, Then(Tuesday.AddDays(9).AddHours(-1))))["byAlarm"]!.ToJsonString().ShouldBe("""{"noContact":1}""");
        (await CoachingsAsync(county, $"?asRecordedPosition={after["position"]}"))["byAlarm"]!.AsObject().ShouldBeEmpty("the position of an answer gives it again");
    }

    private static string Then(DateTimeOffset at) => $"?asRecorded={at:yyyy-MM-ddTHH:mm:ssZ}";

    private static async Task<JsonNode> CoachingsAsync(County county, string more = "")
    {
        await county.Database.CatchUpAsync(Stop);
        return (await county.GetAsync(CoachStories.Lead, "/api/coachings" + more)).ShouldSucceed().Json;
    }

    private static async Task<Guid> ClientOfAsync(County county, string participation) =>
        (await county.GetAsync(Coordinator, participation)).ShouldSucceed().Json["clientId"]!.GetValue<Guid>();

    private static async Task DiedAsync(County county, Guid clientId) => (await county.PostAsync(
        Officer, $"/api/clients/{clientId}/death", DeathRequest.Example with { When = new WhenPart(county.Now.AddHours(-3)) })).ShouldSucceed();

    private static async Task LivesAsync(County county, Guid clientId)
    {
        var version = (await county.GetAsync(Officer, $"/api/clients/{clientId}")).ETag;
        (await county.ChangeAsync(Officer, $"/api/clients/{clientId}/death/retract", version, new ReasonRequest("It was the brother."))).ShouldSucceed();
    }

    /// <returns>How many could be drawn, day by day.</returns>
    private static async Task<IEnumerable<int>> DrawnAsync(County county)
    {
        await county.Database.CatchUpAsync(Stop);
        await county.Database.Selections.DrawDueAsync(county.Now, county.Service<TestSelections>().AdvanceAsync, Stop);
        await county.Database.CatchUpAsync(Stop);
        await county.Database.Selections.DrawDueAsync(county.Now, county.Service<TestSelections>().AdvanceAsync, Stop);
        var march = (await county.GetAsync(Coordinator, "/api/courts/drug-court/test-selections/2026-03")).ShouldSucceed().Json;
        return march["draws"]!.AsArray().Select(draw => draw!["participations"]!.AsArray().Count);
    }
}
