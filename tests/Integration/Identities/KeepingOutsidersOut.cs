using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Identities;

/// <summary>Somebody who reaches one record of a person, or none, is answered byte for byte as if nobody had merged anything.</summary>
public sealed class KeepingOutsidersOut(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Nothing_that_they_ask_tells_of_a_merge_or_of_its_reversal()
    {
        var peer = new Actor("outside-coach", Role.Coach, "demo", "peer-house");
        var peers = new Actor("outside-supervisor", Role.CoachSupervisor, "demo", "peer-house");
        await county.EngageAsync(peer);
        await county.EngageAsync(peers);
        var owed = await county.OweAsync(Agent);
        var (one, two) = (owed.ClientId, await county.RegisterAsync(peer, new(RegistrationSource.DropIn, Name: new("Ottoline", "Wexcombe"), BornOn: new(1987, 1, 2))));
        (await county.PostAsync(Agent, Of(one, "/aliases"), new { alias = "Ottoline Wexcombe" })).ShouldSucceed();
        (await county.PostAsync(peer, Of(two, "/touchpoints/contacts"), new { mode = "phone" })).ShouldSucceed();
        await county.ReferAsync(owed);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        (Actor Actor, string Path, object? Body)[] questions =
        [
            .. from actor in new[] { Agent, Supervisor, Colleague, SouthSupervisor, Coach, peer, peers }
               from client in new[] { one, two }
               from path in new[] { "", "/timeline", "/timeline?limit=1", "/consents", "/referral-duty", "/supervision", "/identity" }
               select (actor, Of(client, path), (object?)null),
            .. from actor in new[] { Agent, Supervisor, Coach, peer, peers }
               from path in new[] { "/api/caseload", "/api/referral-inbox", "/api/referral-compliance", $"/api/referral-compliance?client={one}", $"/api/referral-compliance?client={two}", $"/api/referral-compliance/counts?client={two}", "/api/clients/duplicates" }
               select (actor, path, (object?)null),
            .. from actor in new[] { Agent, Colleague, peer }
               from body in new object[] { new { alias = "Ottoline Wexcombe" }, new { bornOn = "1987-01-02" } }
               select (actor, "/api/clients/search", (object?)body),
        ];
        var before = await AnswersAsync();

        var mergeId = await county.MergeAsync(Officer, one, two);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        ShouldBeTheSame(before, await AnswersAsync());
        (await county.TimelineAsync(Officer, one)).Count.ShouldBeGreaterThan((await county.TimelineAsync(Agent, one)).Count, "the privacy officer sees both");

        await county.ReverseAsync(Officer, one, mergeId);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        ShouldBeTheSame(before, await AnswersAsync());

        async Task<List<string>> AnswersAsync()
        {
            var answers = new List<string>();
            foreach (var (actor, path, body) in questions)
                answers.Add($"{actor.Id} {path}: {(body is null ? await county.GetAsync(actor, path) : await county.PostAsync(actor, path, body)).Whole()}");
            return answers;
        }
    }

    [Fact]
    public async Task What_another_agency_told_of_somebody_by_mistake_moves_nothing_of_a_caseload()
    {
        var owed = await county.OweAsync(Agent);
        await county.ReferAsync(owed);
        await county.ContactAsync(Agent, owed.ClientId);
        (await county.PostAsync(Coach, Of(owed.ClientId, "/touchpoints/contacts"), new { mode = "phone" })).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var contact = (await county.AskAsync(Officer, Of(owed.ClientId, "/timeline?kind=contact_made"))).ShouldSucceed().Json["items"]![0]!["eventId"]!.GetValue<Guid>();
        var before = await CaseloadsAsync();

        var ask = new Api.Identities.MistakeRequest([contact], CaseFlow.Domain.Identities.IdentityEvidence.RecordsCompared, "A namesake.");
        var mistake = (await county.PostAsync(Officer, Of(owed.ClientId, "/identity-mistakes"), ask)).ShouldSucceed().Json["mistakeId"]!.GetValue<Guid>();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        ShouldBeTheSame(before, await CaseloadsAsync());

        (await county.PostAsync(Officer, Of(owed.ClientId, $"/identity-mistakes/{mistake}/undo"), Api.Identities.UndoRequest.Example)).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        ShouldBeTheSame(before, await CaseloadsAsync());

        async Task<List<string>> CaseloadsAsync() => [(await county.GetAsync(Agent, "/api/caseload")).Whole(), (await county.GetAsync(Supervisor, "/api/caseload")).Whole()];
    }

    private static void ShouldBeTheSame(List<string> before, List<string> after)
    {
        after.Count.ShouldBe(before.Count);
        foreach (var (one, other) in before.Zip(after))
            other.ShouldBe(one);
    }

    [Fact]
    public async Task A_stranger_is_told_of_no_record_by_any_door_of_identity()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        var mergeId = await county.MergeAsync(Supervisor, one, two);
        foreach (var id in new[] { one, two })
        {
            await county.ShouldNotExistAsync(SouthSupervisor, id, client => county.GetAsync(SouthSupervisor, Of(client, "/identity")));
            await county.ShouldNotExistAsync(SouthSupervisor, id, client => county.PostAsync(SouthSupervisor, Of(client, $"/merges/{mergeId}/reverse"), Api.Identities.ReverseRequest.Example));
            await county.ShouldNotExistAsync(SouthSupervisor, id, client => county.PostAsync(SouthSupervisor, Of(client, "/identity-mistakes"), Api.Identities.MistakeRequest.Example));
            await county.ShouldNotExistAsync(SouthSupervisor, id, client => county.PostAsync(SouthSupervisor, Of(client, $"/identity-mistakes/{mergeId}/undo"), Api.Identities.UndoRequest.Example));
        }
    }

    [Fact]
    public async Task What_one_record_takes_back_stands_against_the_other_and_a_consent_on_one_shows_nothing_of_the_other()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        foreach (var client in new[] { one, two })
        {
            await county.ReferAsync(Agent, client, "recovery-coaches");
            (await county.PostAsync(Coach, Of(client, "/touchpoints/contacts"), new { mode = "phone" })).ShouldSucceed();
        }

        await county.GrantedAsync(one);
        var (open, closed) = (await county.TimelineAsync(Agent, one), await county.TimelineAsync(Agent, two));
        var mergeId = await county.MergeAsync(Supervisor, one, two);
        (await county.TimelineAsync(Agent, one)).ShouldBe([.. open, .. closed], ignoreOrder: true);

        var other = await county.GrantedAsync(two);
        (await county.PostAsync(Coach, Of(two, $"/consents/{other}/take-back"), new { mode = "oral" })).ShouldSucceed();
        (await county.TimelineAsync(Agent, one)).Count.ShouldBeLessThan(open.Count + closed.Count, "held on one record is held on both");
        await county.ReverseAsync(Supervisor, one, mergeId);
        (await county.TimelineAsync(Agent, one)).ShouldBe(open);
    }

    [Fact]
    public async Task A_consent_on_a_record_out_of_reach_is_on_none_as_before_the_merge()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await county.ReferAsync(Agent, one, "peer-house");
        await county.ReferAsync(Agent, two, "recovery-coaches");
        var consentId = await county.GrantedAsync(two);
        Task<Reply> TakeBackAsync() => county.PostAsync(OtherCoach, Of(one, $"/consents/{consentId}/take-back"), new { mode = "oral" });
        var before = await TakeBackAsync();
        before.ShouldBeProblem(404, "consent-not-found");

        await county.MergeAsync(Supervisor, one, two);

        (await TakeBackAsync()).Whole().ShouldBe(before.Whole());
        (await county.PostAsync(Coach, Of(two, $"/consents/{consentId}/take-back"), new { mode = "oral" })).ShouldSucceed();
    }

    [Fact]
    public async Task A_merge_that_a_record_out_of_reach_prevents_is_refused_like_one_that_an_order_prevents()
    {
        var peer = new Actor("other-outside-coach", Role.Coach, "demo", "peer-house");
        await county.EngageAsync(peer);
        var (far, near, other, ordered) = (
            await county.RegisterAsync(peer, new(RegistrationSource.DropIn)), await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await county.OrderAsync(ordered);
        var usual = await county.MergingAsync(Supervisor, other, ordered);
        usual.ShouldBeProblem(409, "cannot-merge-here");

        var mergeId = await county.MergeAsync(Officer, far, near);
        await ShouldBeTheUsualAsync(other, near);
        await ShouldBeTheUsualAsync(near, other);
        (await county.MergingAsync(Officer, other, near)).ShouldBeProblem(409, "client-merged-elsewhere");
        await county.ReverseAsync(Officer, far, mergeId);

        await county.MergeAsync(Officer, near, far);
        await county.OrderAsync(far);
        await ShouldBeTheUsualAsync(near, other);

        async Task ShouldBeTheUsualAsync(Guid survivor, Guid merged)
        {
            var reply = await county.MergingAsync(Supervisor, survivor, merged);
            reply.Without(survivor).ShouldBe(usual.Without(other));
        }
    }
}
