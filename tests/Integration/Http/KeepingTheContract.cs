using System.Net;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Referrals;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Http;

/// <summary>What holds for every command, shown on the real ones.</summary>
public sealed class KeepingTheContract(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Of_two_people_who_read_the_same_version_the_second_is_stale_and_sees_where_it_stands()
    {
        var owed = await county.OweAsync(Agent);
        var seenByAgent = await county.GetAsync(Agent, owed.Path);
        var seenBySupervisor = await county.GetAsync(Supervisor, owed.Path);
        seenBySupervisor.ETag.ShouldBe(seenByAgent.ETag);

        var first = (await county.ChangeAsync(Agent, owed.Path + "/not-interested", seenByAgent.ETag, NotInterested())).ShouldBe(HttpStatusCode.NoContent);
        var second = await county.ChangeAsync(Supervisor, owed.Path + "/exempt", seenBySupervisor.ETag, ExemptRequest.Example);

        second.ShouldBeProblem(412, "stale");
        $"\"{second.Json["currentVersion"]}\"".ShouldBe(first.ETag);
        (await county.GetAsync(Supervisor, owed.Path)).ETag.ShouldBe(first.ETag);
        (await county.ChangeAsync(Supervisor, owed.Path + "/exempt", first.ETag, ExemptRequest.Example)).ShouldBeProblem(409, "duty-already-discharged");
        (await county.ChangeAsync(Agent, owed.Path + "/attest", first.ETag, WhichDuty.Example)).ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_change_without_a_version_is_asked_for_one()
    {
        var owed = await county.OweAsync(Agent);

        (await county.PostAsync(Agent, owed.Path + "/not-interested", NotInterested())).ShouldBeProblem(428, "if-match-missing", "If-Match");
        (await county.ChangeAsync(Agent, owed.Path + "/not-interested", "*", NotInterested())).ShouldBeProblem(400, "bad-if-match");
        (await county.ChangeAsync(Agent, owed.Path + "/not-interested", "W/\"2\"", NotInterested())).ShouldBeProblem(400, "bad-if-match");
        (await county.EventsAsync("client_not_interested_recorded", owed.ClientId)).ShouldBe(0);
    }

    [Fact]
    public async Task A_command_repeated_under_its_key_is_answered_byte_for_byte_and_another_is_refused()
    {
        var owed = await county.OweAsync(Agent);
        var version = (await county.VersionAsync(Agent, owed.Path))!;
        var body = System.Text.Json.JsonSerializer.Serialize(NotInterested(), Api.Http.JsonRules.Options);
        Task<Reply> SendAsync(string text, string path) => county.SendAsync(HttpMethod.Post, Agent, path, text, ("Idempotency-Key", "once-1"), ("If-Match", version));

        var first = (await SendAsync(body, owed.Path + "/not-interested")).ShouldBe(HttpStatusCode.NoContent);
        (await county.ChangeDutyAsync(Agent, owed.ClientId, "attest", WhichDuty.Example)).ShouldSucceed();
        var again = await SendAsync(body, owed.Path + "/not-interested");

        again["Idempotency-Replayed"].ShouldBe("true");
        WithoutDate(again).ShouldBe(WithoutDate(first));
        (await SendAsync(body + " ", owed.Path + "/not-interested")).ShouldBeProblem(422, "idempotency-key-reused", "Idempotency-Key");
        (await SendAsync(body, owed.Path + "/impossible")).ShouldBeProblem(422, "idempotency-key-reused", "Idempotency-Key");
        (await county.EventsAsync("client_not_interested_recorded", owed.ClientId)).ShouldBe(1);
        (await county.SendAsync(HttpMethod.Post, Agent, "/api/clients", Anonymous, ("Idempotency-Key", "with space"))).ShouldBeProblem(400, "bad-idempotency-key");
    }

    [Fact]
    public async Task An_answer_with_a_body_is_repeated_whole()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var body = new CreateReferralRequest(clientId, "recovery-coaches");
        Task<Reply> SendAsync() => county.SendAsync(HttpMethod.Post, Agent, "/api/referrals", body, ("Idempotency-Key", "once-2"));

        var first = (await SendAsync()).ShouldBe(HttpStatusCode.Created);

        WithoutDate(await SendAsync()).ShouldBe(WithoutDate(first));
        // Keys are each caller's own.
        (await county.SendAsync(HttpMethod.Post, Supervisor, "/api/referrals", body, ("Idempotency-Key", "once-2"))).Text.ShouldNotBe(first.Text);
    }

    [Fact]
    public async Task Bodies_are_bounded_JSON_and_hold_nothing_unknown()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var known = DutyStories.KnownPath(clientId, await county.ReportAsync(Agent, clientId));

        (await county.PostAsync(Agent, known, $$"""{"how":"{{new string('x', 70_000)}}"}""")).ShouldBeProblem(413, "body-too-large");
        (await county.PostAsync(Agent, known, """{"knownAt":"2026-03-03T10:00:00Z","how":"hospital","knowAt":1}""")).ShouldBeProblem(400, "unknown-member", "knowAt");
        (await county.PostAsync(Agent, known, """{"how":"hospital","how":"police"}""")).ShouldBeProblem(400, "duplicate-member", "how");
        (await county.PostAsync(Agent, known, "{")).ShouldBeProblem(400, "malformed-json");
        (await county.PostAsync(Agent, known, """{"how":"hospital"}""")).ShouldBeProblem(400, "validation-failed", "knownAt");
        (await county.PostAsync(Agent, "/api/overdoses", """{"source":"hospital","when":{"occurredAt":"2026-03-03T10:00:00Z"},"details":{"fatality":"nonFatal","certainty":"suspected","substance":[]}}"""))
            .ShouldBeProblem(400, "unknown-member", "details.substance");
        (await county.SendTextAsync(Agent, known, "knownAt=1", "application/x-www-form-urlencoded")).ShouldBeProblem(415, "unsupported-media-type");
        (await county.GetAsync(Agent, "/api/referral-compliance?state=asleep")).ShouldBeProblem(400, "bad-parameter", "state");
        (await county.GetAsync(Officer, $"/api/clients/{clientId}/access?actor=%00")).ShouldBeProblem(400, "bad-parameter", "actor");
        (await county.GetAsync(Agent, "/api/referral-compliance?stat=open")).ShouldBeProblem(400, "unknown-parameter", "stat");
        (await county.GetAsync(Agent, "/api/nothing")).ShouldBeProblem(404, "no-such-route");
        (await county.SendAsync(HttpMethod.Delete, Agent, $"/api/clients/{clientId}")).ShouldBeProblem(405, "method-not-allowed");
    }

    [Fact]
    public async Task A_caller_over_the_limit_waits_and_nobody_else_does()
    {
        var hasty = Feed with { Id = "hasty" };
        var replies = new List<Reply>();
        for (var burst = 0; burst < 40 && !replies.Exists(reply => reply.Status == 429); burst++)
            replies.AddRange(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => county.GetAsync(hasty, "/api/policies/999"))));

        var refused = replies.First(reply => reply.Status == 429);
        refused.ShouldBeProblem(429, "too-many-requests");
        int.Parse(refused["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        (await county.GetAsync(Agent, "/api/policies/1")).ShouldSucceed();
    }

    [Fact]
    public async Task The_mark_of_a_write_makes_every_view_show_it()
    {
        for (var round = 0; round < 5; round++)
        {
            var clientId = await county.SuperviseAsync(Agent);
            var overdoseId = await county.ReportAsync(Agent, clientId);
            var written = (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();
            var consistent = ("If-Consistent-With", written["CaseFlow-Recorded"].ShouldNotBeNull());

            var queue = await county.SendAsync(HttpMethod.Get, Agent, $"/api/referral-compliance?client={clientId}", null, consistent);
            var timeline = await county.SendAsync(HttpMethod.Get, Agent, $"/api/clients/{clientId}/timeline?kind=overdose_known_to_agent", null, consistent);
            var counts = await county.SendAsync(HttpMethod.Get, Agent, $"/api/referral-compliance/counts?client={clientId}", null, consistent);

            queue.Json["items"]!.AsArray().Count.ShouldBe(1);
            timeline.Json["items"]!.AsArray().Count.ShouldBe(1);
            counts.Json["counts"]!["open"]!.GetValue<int>().ShouldBe(1);
            var caseload = await county.SendAsync(HttpMethod.Get, Agent, "/api/caseload?limit=200", null, consistent);
            caseload.Json["items"]!.AsArray().Single(item => item!["clientId"]!.GetValue<Guid>() == clientId)!["openDuties"]!.AsArray().Count.ShouldBe(1);
        }

        (await county.SendAsync(HttpMethod.Get, Agent, "/api/referral-compliance", null, ("If-Consistent-With", "soon"))).ShouldBeProblem(400, "bad-parameter", "If-Consistent-With");
    }

    private static readonly RegisterClientDoor.Request Anonymous = new(RegistrationSource.Supervision);

    private NotInterestedRequest NotInterested() => new(county.Now, ContactMode.Phone, "Not now.");

    private static string WithoutDate(Reply reply) => $"{reply.Status}\n{reply.Text}\n" + string.Join('\n', reply.Headers
        .Where(header => header.Key is not ("Date" or "Idempotency-Replayed")).OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}"));
}
