using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Erasure.ErasureStories;
using static CaseFlow.Integration.Erasure.WholeRecord;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Erasure;

/// <summary>Once a record is erased, no door shows anything of it that the sealing hid: neither words, whose key is gone, nor codes, which were never sealed.</summary>
public sealed class ShowingNothingOfTheErased : IAsyncLifetime
{
    private static readonly string[] OfJuveniles = ["dcc", "recovery-coaches", "peer-house", "court"];

    private County county = null!;

    public async ValueTask InitializeAsync() => county = await County.WithAsync(("Limits:RequestBurst", "100000"));

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task Whoever_asks_whatever_door_about_whatever_moment_is_shown_no_word_and_no_code_of_it()
    {
        var record = await TellAsync(county);
        var position = (await county.AskAsync(Officer, $"/api/clients/{record.ClientId}/timeline")).ShouldSucceed().Json["position"]!.GetValue<long>();
        var shown = await WalkAsync(record, position);
        foreach (var planted in Told)
            shown.ShouldContain(one => one.Reply.Text.Contains(planted, StringComparison.Ordinal), $"{planted} is told while the record is whole.");

        await county.EraseAsync(record.ClientId);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        ShouldTellNothing(await WalkAsync(record, position));

        // Every route of one record says that it is erased and why, or shows no more than that.
        foreach (var (actor, path) in OneRecordDoors(record))
            (await county.AskAsync(actor, path)).ShouldBeProblem(403, "record-erased");
        (await county.AskAsync(Agent, $"/api/overdoses/{record.Ids["overdoseId"]}")).Json["detail"]!.GetValue<string>().ShouldContain("adult-expunction");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whatever_door_shows_nothing_of_a_class_that_is_hidden_alone(bool isErased)
    {
        // Everybody's programme is one for juveniles: all of the record is of the class, and none of it is the whole record.
        var record = await TellAsync(county, [.. OfJuveniles.Select(agency => (agency, new RecordStatus(
            agency == "recovery-coaches" ? Part2Status.Part2Program : Part2Status.NotPart2, Juvenile: true)))]);
        var position = (await county.AskAsync(Officer, $"/api/clients/{record.ClientId}/timeline")).ShouldSucceed().Json["position"]!.GetValue<long>();
        var shown = await WalkAsync(record, position);
        foreach (var planted in Told)
            shown.ShouldContain(one => one.Reply.Text.Contains(planted, StringComparison.Ordinal), $"{planted} is told while the class is there.");

        var orderId = (await county.PostAsync(Officer, PathOf(record.ClientId) + "/orders", new
        {
            scope = "juvenile",
            authority = "court",
            reasonCode = "juvenile-expunction",
            reference = "2026 JV 7",
            leftToClient = false,
        })).ShouldSucceed().Json["orderId"]!.GetValue<Guid>();
        if (isErased)
            (await county.ApplyAsync(record.ClientId, orderId)).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        ShouldTellNothing(await WalkAsync(record, position));
    }

    [Fact]
    public async Task What_is_due_stays_in_the_queues_says_why_it_is_empty_and_goes_when_supervision_ends()
    {
        var record = await TellAsync(county);
        await county.EraseAsync(record.ClientId);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        var duty = Of(await county.AskAsync(Agent, "/api/referral-compliance"), record);
        (duty["erasedReason"]!.GetValue<string>(), duty["isSealed"]!.GetValue<bool>(), duty["overdoses"]!.AsArray().Count, duty["referral"]).ShouldBe(("adult-expunction", false, 0, null));
        var received = Of(await county.AskAsync(Coach, "/api/referral-inbox"), record);
        (received["erasedReason"]!.GetValue<string>(), received["outcome"], received["attempts"]!.AsArray().Count).ShouldBe(("adult-expunction", null, 0));
        var line = Of(await county.AskAsync(Agent, "/api/caseload"), record);
        (line["erasedReason"]!.GetValue<string>(), line["openDuties"]!.AsArray().Count, line["nextDueAt"], line["ownLastContactAt"]).ShouldBe(("adult-expunction", 0, null, null));

        var supervision = $"/api/clients/{record.ClientId}/supervision";
        (await county.ChangeAsync(Supervisor, supervision + "/end", (await county.GetAsync(Supervisor, supervision)).ShouldSucceed().ETag, new { reason = "completed" })).ShouldSucceed();
        (await county.AskAsync(Agent, "/api/caseload")).ShouldSucceed().Json["items"]!.AsArray()
            .ShouldNotContain(item => item!["clientId"]!.GetValue<Guid>() == record.ClientId);
    }

    [Fact]
    public async Task What_an_order_left_to_somebody_while_it_sealed_is_nobodys_once_it_is_carried_out()
    {
        var clientId = await county.KnownAsync(Agent, "W-8001");
        object[] leftTo = [new { agencyId = "dcc", role = "agent" }];
        var orderId = (await county.PostAsync(Officer, PathOf(clientId) + "/orders", new
        {
            scope = "wholeRecord",
            authority = "court",
            reasonCode = "adult-expunction",
            reference = "2026 EX 80",
            leftTo,
        })).ShouldSucceed().Json["orderId"]!.GetValue<Guid>();
        (await county.GetAsync(Agent, $"/api/clients/{clientId}/consents")).ShouldSucceed();

        (await county.ApplyAsync(clientId, orderId)).ShouldSucceed();

        foreach (var actor in new[] { Agent, ForTheClient })
            (await county.GetAsync(actor, $"/api/clients/{clientId}/consents")).ShouldBeProblem(403, "record-erased");
        (await county.GetAsync(Colleague, $"/api/clients/{clientId}/consents")).ShouldBeProblem(404, "client-not-found");
    }

    private static IEnumerable<(Actor Actor, string Path)> OneRecordDoors(WholeRecord record)
    {
        var client = $"/api/clients/{record.ClientId}";
        var participation = $"/api/participations/{record.Ids["participationId"]}";
        return
        [
            (Agent, $"/api/overdoses/{record.Ids["overdoseId"]}"), (Coach, $"/api/overdoses/{record.Ids["overdoseId"]}"),
            (Agent, $"/api/referrals/{record.Ids["referralId"]}"), (Coach, $"/api/referrals/{record.Ids["referralId"]}/intake"),
            (Agent, $"/api/referral-compliance/{record.Ids["dutyId"]}"), (Agent, client + "/referral-duty"),
            (Coordinator, participation), (Coordinator, participation + "/drug-tests"), (Coach, participation + "/coaching"),
            (Coordinator, participation + "/coaching/attendance"), (Officer, client + "/consents"), (Officer, client + "/accounting"),
            (Officer, client + "/identity"), (Officer, client + "/emergency-access"),
        ];
    }

    private static JsonNode Of(Reply list, WholeRecord record) =>
        list.ShouldSucceed().Json["items"]!.AsArray().Single(item => item!["clientId"]!.GetValue<Guid>() == record.ClientId)!;

    /// <summary>Every route that asks, as everybody whom it admits: as it is, on paper, as a table, narrowed to the client, and about the time before.</summary>
    private async Task<List<(Actor Actor, string Path, Reply Reply)>> WalkAsync(WholeRecord record, long position)
    {
        var answers = new List<(Actor, string, Reply)>();
        foreach (var route in county.Routes.Select(one => one.Route).Where(route => route.Method == "GET" && route.Shown?.View is not null))
        {
            foreach (var actor in Everybody.Where(actor => route.Admits(actor.Role)))
            {
                foreach (var query in new[] { "", "?format=html", "?format=csv", $"?client={record.ClientId}", "?court=drug-court", $"?asRecordedPosition={position}" })
                {
                    var path = record.Addressed(route.Pattern) + query;
                    answers.Add((actor, path, await county.AskAsync(actor, path)));
                }
            }
        }

        foreach (var actor in Everybody)
        {
            foreach (var (path, body) in new (string, object)[]
                     {
                         ("/api/clients/find", new { system = "doc", value = "W-7001" }),
                         ("/api/clients/search", new { externalIdentifier = new { system = "doc", value = "W-7001" } }),
                         ("/api/clients/search", new { givenName = "Wilhelmina", familyName = "Plantedname" }),
                     })
            {
                answers.Add((actor, path, await county.PostAsync(actor, path, body)));
            }
        }

        answers.Count(one => one.Item3.Status == 200).ShouldBeGreaterThan(60);
        answers.ShouldAllBe(one => one.Item3.Status < 500);
        return answers;
    }

    private static void ShouldTellNothing(IEnumerable<(Actor Actor, string Path, Reply Reply)> answers)
    {
        var telling = from one in answers
                      from planted in Planted
                      where one.Reply.Text.Contains(planted, StringComparison.Ordinal)
                      select $"{planted} to {one.Actor.Id} by {one.Path}";
        telling.ShouldBeEmpty();
    }
}
