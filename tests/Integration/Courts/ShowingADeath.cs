using System.Text.Json.Nodes;
using CaseFlow.Api.Clients;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Courts;

/// <summary>A participant has died: the court's pages say so, and what was missed before anybody knew is held against nobody.</summary>
public sealed class ShowingADeath
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 24, 16, 0, 0, TimeSpan.Zero);
    private static readonly Actor Prosecutor = new("prosecutor-1", Role.Prosecutor, "demo", "court", Purpose: Purpose.CourtMonitoring);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_death_stands_first_in_caseload_calendar_and_packet_and_goes_with_its_retraction()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        await county.EngageAsync(Prosecutor);
        var (participation, other) = (await county.AdmitAsync(when: new WhenPart(Tuesday.AddDays(-60))), await county.AdmitAsync(when: new WhenPart(Tuesday.AddDays(-5))));
        await MissAHearingAsync(county, participation);
        await county.EnterAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, Tuesday.AddDays(2)) { File = CourtFile.Open });
        var before = await ShownAsync(county, Coordinator, participation);
        Missed(before).ShouldBe(1);
        Alerts(before).ShouldBeEmpty();

        var client = (await county.GetAsync(Coordinator, participation)).Json["clientId"]!.GetValue<Guid>();
        await DiedAsync(county, client);
        await county.Database.CatchUpAsync(Stop);
        Reasons(await CaseloadAsync(county, ""), participation).ShouldBe(["deceased", "hearingSoon"]);
        Reasons(await CaseloadAsync(county, ""), other).ShouldNotContain("deceased");
        (await CaseloadAsync(county, "?attention=deceased"))["items"]!.AsArray().Count.ShouldBe(1);
        (await CaseloadAsync(county, ""))["items"]![0]!["participationId"].ShouldSay(IdOf(participation));
        Deceased(await CalendarAsync(county, Coordinator)).ShouldBe([true, true]);
        Deceased(await CalendarAsync(county, Prosecutor)).ShouldBe([false, false], "the open file does not tell of it");

        var shown = await ShownAsync(county, Coordinator, participation);
        Alerts(shown).ShouldBe(["deceased"]);
        Missed(shown).ShouldBe(0);
        var open = await ShownAsync(county, Prosecutor, participation);
        open.ToJsonString().ShouldNotContain("deceased");
        Filed(open).ShouldNotContain("hearingMissed");
        Alerts(await ShownAsync(county, Coordinator, participation, $"?asRecordedPosition={shown["position"]}")).ShouldBe(["deceased"], "the position of an answer gives it again");
        Alerts(await ShownAsync(county, Coordinator, participation, $"?asRecordedPosition={before["position"]}")).ShouldBeEmpty("nobody knew of it then");

        Filed(await ShownAsync(county, Prosecutor, participation, $"?asRecordedPosition={before["position"]}")).ShouldContain("hearingMissed", "nobody knew of it then");

        var packet = await PacketAsync(county, participation);
        packet.Json.ShouldContain("deceased");
        packet.Html.ShouldContain("Has died");

        await LivesAsync(county, client);
        await county.Database.CatchUpAsync(Stop);
        Reasons(await CaseloadAsync(county, ""), participation).ShouldNotContain("deceased");
        Deceased(await CalendarAsync(county, Coordinator)).ShouldBe([false, false]);
        Missed(await ShownAsync(county, Coordinator, participation)).ShouldBe(1);
        (await PacketAsync(county, participation)).Html.ShouldNotContain("Has died");
    }

    [Fact]
    public async Task A_death_on_another_record_of_the_person_is_theirs_while_the_two_are_one()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var participation = await county.AdmitAsync(when: new WhenPart(Tuesday.AddDays(-60)));
        var client = (await county.GetAsync(Coordinator, participation)).Json["clientId"]!.GetValue<Guid>();
        var other = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));
        await county.GoToAsync(Tuesday.AddHours(6));
        await DiedAsync(county, other);
        await county.Database.CatchUpAsync(Stop);
        Reasons(await CaseloadAsync(county, ""), participation).ShouldNotContain("deceased", "they are two people");

        var mergeId = await county.MergeAsync(Officer, client, other);
        await county.Database.CatchUpAsync(Stop);
        var told = await CaseloadAsync(county, "");
        Reasons(told, participation).ShouldBe(["deceased"]);
        told.ToJsonString().ShouldNotContain(other.ToString(), customMessage: "the record that knows is not named");

        await county.ReverseAsync(Officer, client, mergeId);
        await county.Database.CatchUpAsync(Stop);
        Reasons(await CaseloadAsync(county, ""), participation).ShouldNotContain("deceased");
    }

    /// <summary>Four hours from now, and told before anybody knew of the death an hour before it.</summary>
    private static async Task MissAHearingAsync(County county, string participation)
    {
        var hearing = await county.EnterAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, Tuesday.AddHours(4)) { File = CourtFile.Open });
        await county.GoToAsync(Tuesday.AddHours(6));
        await county.EnterAsync(Coordinator, participation, $"hearings/{hearing}/miss", new HearingMissedRequest(Excused: false) { File = CourtFile.Open });
    }

    private static async Task<JsonNode> ShownAsync(County county, Actor actor, string participation, string more = "")
    {
        await county.Database.CatchUpAsync(Stop);
        return (await county.GetAsync(actor, $"{participation}/compliance{more}")).ShouldSucceed().Json;
    }

    private static async Task<JsonNode> CaseloadAsync(County county, string more) =>
        (await county.GetAsync(Coordinator, "/api/courts/drug-court/caseload" + more)).ShouldSucceed().Json;

    private static async Task<JsonNode> CalendarAsync(County county, Actor actor) =>
        (await county.GetAsync(actor, "/api/courts/drug-court/hearings?from=2026-03-24&to=2026-03-27")).ShouldSucceed().Json;

    private static async Task<(string Json, string Html)> PacketAsync(County county, string participation)
    {
        var issued = (await county.PostAsync(Coordinator, "/api/courts/drug-court/packets", new PacketRequest(Role.Judge, Participations: [Guid.Parse(IdOf(participation))]))).ShouldSucceed().Json;
        var path = $"/api/courts/drug-court/packets/{issued["packetId"]}";
        return ((await county.GetAsync(Coordinator, path)).ShouldSucceed().Text, (await county.GetAsync(Coordinator, path + "?format=html")).ShouldSucceed().Text);
    }

    private static int Missed(JsonNode shown) => shown["compliance"]!["hearings"]!["missed"]!.GetValue<int>();

    private static List<string> Filed(JsonNode shown) =>
        [.. shown["openFile"]!["entries"]!.AsArray().Select(entry => entry!["kind"]!.GetValue<string>())];

    private static List<string> Alerts(JsonNode shown) =>
        [.. (shown["compliance"]!["alerts"]?.AsArray() ?? []).Select(alert => alert!["kind"]!.GetValue<string>())];

    private static List<string> Reasons(JsonNode caseload, string participation) =>
    [
        .. caseload["items"]!.AsArray().Single(item => item!["participationId"]!.GetValue<string>() == IdOf(participation))!["attention"]!.AsArray().Select(reason => reason!.GetValue<string>()),
    ];

    private static List<bool> Deceased(JsonNode calendar) =>
        [.. calendar["days"]!.AsArray().SelectMany(day => day!["hearings"]!.AsArray()).Select(hearing => hearing!["deceased"]!.GetValue<bool>())];

    private static string IdOf(string participation) => participation.Split('/')[^1];

    private static async Task DiedAsync(County county, Guid clientId) => (await county.PostAsync(
        Officer, $"/api/clients/{clientId}/death", DeathRequest.Example with { When = new WhenPart(Tuesday.AddHours(3)) })).ShouldSucceed();

    private static async Task LivesAsync(County county, Guid clientId)
    {
        var version = (await county.GetAsync(Officer, $"/api/clients/{clientId}")).ETag;
        (await county.ChangeAsync(Officer, $"/api/clients/{clientId}/death/retract", version, new ReasonRequest("It was the brother."))).ShouldSucceed();
    }
}
