using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Journeys;

/// <summary>Several people at the same instant, on two nodes with one database.</summary>
public sealed class ActingAtOnce(ActingAtOnce.TwoNodes two) : IClassFixture<ActingAtOnce.TwoNodes>
{
    private const int Rounds = 5;

    [Fact]
    public async Task Two_overdoses_learned_at_once_are_one_duty_with_both()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var clientId = await two.County.SuperviseAsync(Agent);
            Guid[] overdoses = [await two.County.ReportAsync(Agent, clientId), await two.County.ReportAsync(Agent, clientId)];
            var knownAt = two.County.Now.AddMinutes(-10);

            var replies = await Task.WhenAll(overdoses.Select((overdoseId, which) =>
                two.PostAsync(which, Agent, DutyStories.KnownPath(clientId, overdoseId), new KnownRequest(knownAt.AddSeconds(which), Domain.Overdoses.LearnedFrom.Hospital))));

            replies.ShouldAllBe(reply => reply.Status == 204);
            var duty = (await two.County.DutiesAsync(Agent, clientId)).Single()!;
            duty["overdoseIds"]!.AsArray().Select(id => id!.GetValue<Guid>()).ShouldBe(overdoses, ignoreOrder: true);
            (await two.County.EventsAsync("referral_duty_triggered", clientId)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_no_and_a_delivery_at_once_are_one_discharge()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var owed = await two.County.OweAsync(Agent);
            var referralId = await two.County.ReferAsync(owed);
            var version = await two.County.VersionAsync(Agent, owed.Path);

            var replies = await Task.WhenAll(
                two.PostAsync(0, Agent, owed.Path + "/not-interested", new NotInterestedRequest(two.County.Now, ContactMode.Phone, "No."), ("If-Match", version!)),
                two.PostAsync(1, Coach, $"/api/referrals/{referralId}/acknowledge", WhenOnly.Example));

            replies[0].Status.ShouldBeOneOf(204, 412, 409);
            replies[1].Status.ShouldBe(204, "whoever receives a referral may always say so");
            (await two.County.EventsAsync("referral_duty_discharged", owed.ClientId)).ShouldBe(1);
            var duty = (await two.County.DutiesAsync(Agent, owed.ClientId)).Single()!;
            duty["path"].ShouldSay(replies[0].Status == 204 ? "notInterested" : "referred");
        }
    }

    [Fact]
    public async Task A_double_click_is_one_record_and_two_equal_answers()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var clientId = await two.County.SuperviseAsync(Agent);
            var body = new CreateReferralRequest(clientId, "recovery-coaches");
            var key = $"click-{Guid.NewGuid()}";

            var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(click => two.PostAsync(click % 2, Agent, "/api/referrals", body, ("Idempotency-Key", key))));

            replies.Select(reply => (reply.Status, reply.Text, reply.ETag, reply["Location"], reply["CaseFlow-Recorded"])).Distinct().Count().ShouldBe(1);
            replies[0].Status.ShouldBe(201);
            (await two.County.EventsAsync("referral_created", clientId)).ShouldBe(1);

            // A plain fact has no id that would make it the same: the key alone does.
            var contact = $"/api/clients/{clientId}/touchpoints/supervision-contacts";
            var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(click =>
                two.PostAsync(click % 2, Agent, contact, new SupervisionContactRequest(ContactMode.Phone), ("Idempotency-Key", key + "-2"))));
            told.Select(reply => (reply.Status, reply.Text, reply.ETag, reply["CaseFlow-Recorded"])).Distinct().Count().ShouldBe(1);
            (await two.County.EventsAsync("supervision_contact_reported", clientId)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Two_nodes_that_write_one_duty_let_exactly_one_through()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var owed = await two.County.OweAsync(Agent);
            var version = ("If-Match", (await two.County.VersionAsync(Agent, owed.Path))!);

            var replies = await Task.WhenAll(
                two.PostAsync(0, Agent, owed.Path + "/not-interested", new NotInterestedRequest(two.County.Now, ContactMode.Phone, "No."), version),
                two.PostAsync(1, Supervisor, owed.Path + "/exempt", ExemptRequest.Example, version));

            replies.Select(reply => reply.Status).Order().ShouldBe([204, 412]);
            (await two.County.EventsAsync("referral_duty_discharged", owed.ClientId)).ShouldBe(1);
        }
    }

    public sealed class TwoNodes : IAsyncLifetime
    {
        private readonly Node?[] nodes = new Node?[2];

        public County County { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await County.InitializeAsync();
            nodes[0] = await County.StartNodeAsync();
            nodes[1] = await County.StartNodeAsync();
        }

        public Task<Reply> PostAsync(int node, Actor actor, string path, object body, params (string Name, string Value)[] headers) =>
            County.SendAsync(nodes[node]!, HttpMethod.Post, actor, path, body, headers);

        public ValueTask DisposeAsync() => County.DisposeAsync();
    }
}
