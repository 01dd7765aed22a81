using System.Text.Json.Nodes;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Courts;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Courts;

/// <summary>The position of an answer gives it again, whatever was learned, merged or taken apart since; and of the dead nothing is asked.</summary>
public sealed class AskingAgainAfterADeath
{
    private const string Court = "/api/courts/drug-court";
    private const string Tests = Court + "/drug-tests";

    private static readonly DateTimeOffset Tuesday = new(2026, 3, 24, 16, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_merge_with_a_record_that_knows_of_a_death_and_its_reversal_change_no_answer_of_before()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var participation = await county.AdmitAsync(when: new WhenPart(Tuesday.AddDays(-60)));
        await county.EnterAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, Tuesday.AddDays(2)) { File = CourtFile.Open });
        await GiveAsync(county, participation);
        var client = await ClientOfAsync(county, participation);
        var other = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));
        await county.GoToAsync(Tuesday.AddHours(6));
        await DiedAsync(county, other, Tuesday.AddHours(3));
        var answers = new List<Answered>();

        answers.AddRange(await AskAllAsync(county, participation, isDead: false));
        var mergeId = await county.MergeAsync(Officer, client, other);
        answers.AddRange(await AskAllAsync(county, participation, isDead: true));
        await county.EnterAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, Tuesday.AddDays(3)) { File = CourtFile.Open });
        answers.AddRange(await AskAllAsync(county, participation, isDead: true));
        await county.ReverseAsync(Officer, client, mergeId);
        answers.AddRange(await AskAllAsync(county, participation, isDead: false));
        await county.MergeAsync(Officer, client, other);
        await LivesAsync(county, other);
        answers.AddRange(await AskAllAsync(county, participation, isDead: false));

        foreach (var answer in answers)
        {
            var again = await AskedAsync(county, answer.Question + (answer.Question.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"asRecordedPosition={answer.Position}");
            (IsDead(again), again["position"]!.GetValue<long>()).ShouldBe((answer.IsDead, answer.Position), answer.Question);
        }
    }

    [Fact]
    public async Task Of_the_dead_nothing_is_asked_and_what_they_gave_is_still_found_out()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var participation = await county.AdmitAsync(when: new WhenPart(Tuesday.AddDays(-60)));
        var (given, late, ordered) = (await GiveAsync(county, participation), await TellAsync(county, participation), await OrderAsync(county, participation));
        await county.GoToAsync(Tuesday.AddHours(10));
        (Guid, string)[] living = [(late, "specimenLate"), (given, "result"), (ordered, "notice")];
        var before = await AskedAsync(county, Tests);
        Waiting(before, "items").ShouldBe(living, ignoreOrder: true);
        before["items"]!.AsArray().ShouldAllBe(item => !item!["deceased"]!.GetValue<bool>());
        var own = await AskedAsync(county, participation + "/drug-tests");
        (Waiting(own, "tests"), own["deceased"]!.GetValue<bool>()).ShouldSatisfyAllConditions(
            one => one.Item1.ShouldBe(living, ignoreOrder: true), one => one.Item2.ShouldBeFalse());

        var client = await ClientOfAsync(county, participation);
        await DiedAsync(county, client, Tuesday.AddHours(9));

        var told = await AskedAsync(county, Tests);
        Waiting(told, "items").ShouldBe([(given, "result")]);
        (told["items"]![0]!["deceased"]!.GetValue<bool>(), told["byAwaits"]!.ToJsonString()).ShouldBe((true, """{"result":1}"""));
        (await AskedAsync(county, Tests + "?late=true"))["items"]!.AsArray().ShouldBeEmpty();
        own = await AskedAsync(county, participation + "/drug-tests");
        own["deceased"]!.GetValue<bool>().ShouldBeTrue();
        Waiting(own, "tests").ShouldBe([(late, "nothing"), (given, "result"), (ordered, "nothing")], ignoreOrder: true);

        var then = $"asRecordedPosition={before["position"]}";
        Waiting(await AskedAsync(county, $"{Tests}?{then}"), "items").Count.ShouldBe(3, "nobody knew of it then");
        (await AskedAsync(county, $"{participation}/drug-tests?{then}"))["deceased"]!.GetValue<bool>().ShouldBeFalse();
        var hourBefore = $"asOf={Tuesday.AddHours(8.5).UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z";
        Waiting(await AskedAsync(county, $"{Tests}?{hourBefore}"), "items").ShouldBe(living, ignoreOrder: true, "they lived");
        var ownBefore = await AskedAsync(county, $"{participation}/drug-tests?{hourBefore}");
        ownBefore["deceased"]!.GetValue<bool>().ShouldBeFalse();
        Waiting(ownBefore, "tests").ShouldBe(living, ignoreOrder: true);

        await LivesAsync(county, client);
        Waiting(await AskedAsync(county, Tests), "items").ShouldBe(living, ignoreOrder: true, "it was a mistake");
        (await AskedAsync(county, participation + "/drug-tests"))["deceased"]!.GetValue<bool>().ShouldBeFalse();
    }

    private sealed record Answered(string Question, bool IsDead, long Position);

    private static async Task<IEnumerable<Answered>> AskAllAsync(County county, string participation, bool isDead)
    {
        var answers = new List<Answered>();
        foreach (var question in new[] { Court + "/caseload", Court + "/hearings?from=2026-03-24&to=2026-03-28", Tests, participation + "/compliance" })
        {
            var answer = await AskedAsync(county, question);
            IsDead(answer).ShouldBe(isDead, question);
            answers.Add(new Answered(question, isDead, answer["position"]!.GetValue<long>()));
        }

        return answers;
    }

    /// <summary>As each page says it: a reason, a mark on a line, an alert.</summary>
    private static bool IsDead(JsonNode answer)
    {
        var text = answer.ToJsonString();
        return new[] { "\"deceased\":true", "[\"deceased\"", "\"kind\":\"deceased\"" }.Any(said => text.Contains(said, StringComparison.Ordinal));
    }

    private static async Task<JsonNode> AskedAsync(County county, string question)
    {
        await county.Database.CatchUpAsync(Stop);
        return (await county.GetAsync(Coordinator, question)).ShouldSucceed().Json;
    }

    private static List<(Guid TestId, string Awaits)> Waiting(JsonNode answer, string list) =>
        [.. answer[list]!.AsArray().Select(item => (item!["testId"]!.GetValue<Guid>(), item["awaits"]!.GetValue<string>()))];

    private static async Task<Guid> OrderAsync(County county, string participation) =>
        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated."))).ShouldSucceed().Json["testId"]!.GetValue<Guid>();

    private static async Task<Guid> TellAsync(County county, string participation)
    {
        var test = await OrderAsync(county, participation);
        (await county.PostAsync(Coordinator, $"{participation}/drug-tests/{test}/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone))).ShouldSucceed();
        return test;
    }

    private static async Task<Guid> GiveAsync(County county, string participation)
    {
        var test = await TellAsync(county, participation);
        (await county.PostAsync(
            Coordinator, $"{participation}/drug-tests/{test}/collect", new CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-1"))).ShouldSucceed();
        return test;
    }

    private static async Task<Guid> ClientOfAsync(County county, string participation) =>
        (await county.GetAsync(Coordinator, participation)).Json["clientId"]!.GetValue<Guid>();

    private static async Task DiedAsync(County county, Guid clientId, DateTimeOffset at) =>
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/death", DeathRequest.Example with { When = new WhenPart(at) })).ShouldSucceed();

    private static async Task LivesAsync(County county, Guid clientId)
    {
        var version = (await county.GetAsync(Officer, $"/api/clients/{clientId}")).ETag;
        (await county.ChangeAsync(Officer, $"/api/clients/{clientId}/death/retract", version, new ReasonRequest("It was the brother."))).ShouldSucceed();
    }
}
